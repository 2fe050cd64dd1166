// Told to stop, it hands back what it has in hand, and finishes it all the same.
import { cancel, close, consume, handsEmpty, live, quietly, requeue, takeOnce } from './twin.mjs';

const inHand = new Map();
await consume(async (message, channel) => {
  inHand.set(message, channel);
  const done = await takeOnce(message).then(
    () => true,
    () => false,
  );
  if (!inHand.delete(message)) return;
  if (done) quietly(() => channel.ack(message.raw));
  else requeue(channel, message);
});
live(async () => {
  await cancel();
  for (const [message, channel] of inHand) requeue(channel, message);
  inHand.clear();
  await handsEmpty();
  await close();
});
