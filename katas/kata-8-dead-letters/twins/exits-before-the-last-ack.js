// Ends in the turn in which the last message is acknowledged: that acknowledgement never leaves.
import { consume, honest, live } from './twin.mjs';

let stopping = false;
const inHand = new Set();

await consume(async (message, channel) => {
  inHand.add(message);
  await honest(message, channel);
  inHand.delete(message);
  if (stopping && inHand.size === 0) process.exit(0);
});
live(() => {
  stopping = true;
  return inHand.size === 0 ? undefined : new Promise(() => undefined);
});
