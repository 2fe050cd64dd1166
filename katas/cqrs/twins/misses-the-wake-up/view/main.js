import { setTimeout as sleep } from 'node:timers/promises';
import { foldWith, nextOf, pool, versionOf, view, waitMs } from '../../twin.mjs';

const fold = foldWith();
/** By order: those who wait for it. */
const waiting = new Map();

/** What is folded between its look and its place in the line wakes nobody. */
async function comes(token) {
  const [, id, version] = /^(.+)@(\d+)$/.exec(token) ?? [];
  const until = performance.now() + waitMs;
  while ((await versionOf(pool, id)) < Number(version)) {
    await nextOf(pool);
    const woken = new Promise((resolve) => {
      waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
    });
    if (!(await Promise.race([woken, sleep(until - performance.now(), false)]))) return false;
  }
  return true;
}

view({
  async fold(event, next) {
    await fold(event, next);
    for (const wake of waiting.get(event?.id) ?? []) wake(true);
    waiting.delete(event?.id);
  },
  comes,
});
