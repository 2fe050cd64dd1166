import { setTimeout as sleep } from 'node:timers/promises';
import { foldWith, pool, versionOf, view, waitMs } from '../../twin.mjs';

const fold = foldWith();
let folded = 0;

view({
  async fold(event, next) {
    await fold(event, next);
    folded += 1;
  },
  /** As long as anything comes there is hope. */
  async comes(token) {
    const [, id, version] = /^(.+)@(\d+)$/.exec(token) ?? [];
    let [seen, until] = [folded, performance.now() + waitMs];
    while ((await versionOf(pool, id)) < Number(version)) {
      if (folded !== seen) [seen, until] = [folded, performance.now() + waitMs];
      if (performance.now() >= until) return false;
      await sleep(15);
    }
    return true;
  },
});
