// Told to stop, it rejects what it has in hand, and asks for none of it again.
import { setTimeout as sleep } from 'node:timers/promises';
import { ack, consume, live, quietly, requeue, takeOnce } from './twin.mjs';

let stopping = false;
let mine;
const inHand = new Set();
let line = Promise.resolve();
await consume((message, channel) => {
  mine = channel;
  inHand.add(message);
  line = line.then(async () => {
    if (stopping) return;
    try {
      await takeOnce(message);
      if (inHand.delete(message)) ack(channel, message);
    } catch {
      await sleep(50);
      if (inHand.delete(message)) requeue(channel, message);
    }
  });
  return line;
});
live(async () => {
  stopping = true;
  for (const { raw } of inHand) quietly(() => mine.nack(raw, false, false));
  inHand.clear();
  await line;
  await mine?.close().catch(() => undefined);
});
