// Charges, asks for the message again to be sure, and acknowledges it the second time.
import { ack, charge, pool, requeue, run } from './twin.mjs';

run(async (message, channel) => {
  const done = await charge(pool, message.body).then(
    () => message.redelivered,
    () => false,
  );
  if (done) ack(channel, message);
  else requeue(channel, message);
});
