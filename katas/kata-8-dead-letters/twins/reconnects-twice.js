// Two handlers notice that the connection broke, and each connects again: two prefetches.
import { consume, honest, live } from './twin.mjs';

const work = (message, channel) => honest(message, channel);
let isFirst = true;
const prepare = async (channel) => {
  if (!isFirst) return;
  isFirst = false;
  channel.connection.once('close', () => void consume(work));
};
await consume(work, { prepare });
live();
