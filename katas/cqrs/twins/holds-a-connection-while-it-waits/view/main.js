import { setTimeout as sleep } from 'node:timers/promises';
import { pool, versionOf, view, waitMs } from '../../twin.mjs';

view({
  /** So many who wait, and there is no connection left for who could end that. */
  async comes(token) {
    const [, id, version] = /^(.+)@(\d+)$/.exec(token) ?? [];
    const until = performance.now() + waitMs;
    const mine = await pool.connect();
    try {
      while ((await versionOf(mine, id)) < Number(version)) {
        if (performance.now() >= until) return false;
        await sleep(15);
      }
      return true;
    } finally {
      mine.release();
    }
  },
});
