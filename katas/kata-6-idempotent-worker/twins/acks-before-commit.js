// Acknowledges inside the transaction: between the acknowledgement and COMMIT lies a moment, too.
import { ack, charge, mark, requeue, run, transaction } from './twin.mjs';

run(async (message, channel) => {
  const work = transaction(async (tx) => {
    if (await mark(tx, message.id)) await charge(tx, message.body);
    ack(channel, message);
  });
  await work.catch(() => requeue(channel, message));
});
