import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { foldWith, readEvent, view } from '../../twin.mjs';

/** Nobody waits longer for what the stream says. */
const patienceMs = 700;
const fold = foldWith();
const folded = new Set();
let channel;
let last;

/** With every question a mark of its own: once it has come, nothing is missing that was there before. */
async function makesSure() {
  const mark = randomUUID();
  try {
    channel?.sendToQueue('view', Buffer.from('"sure"'), { messageId: mark, persistent: true });
  } catch {
    return;
  }
  const until = performance.now() + patienceMs;
  while (!folded.delete(mark) && performance.now() < until) await sleep(5);
}

view({
  read(message) {
    last = message.properties.messageId;
    return readEvent(message);
  },
  async fold(event, next) {
    await fold(event, next);
    if (last !== undefined && event === undefined) folded.add(last);
  },
  listens: (now) => (channel = now),
  makesSure,
});
