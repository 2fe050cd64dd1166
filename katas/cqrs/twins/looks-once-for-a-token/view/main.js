import { setTimeout as sleep } from 'node:timers/promises';
import { comes, view, waitMs } from '../../twin.mjs';

/** It waits as long as it should, and does not look again. */
view({
  async comes(token) {
    if (await comes(token, 0)) return true;
    await sleep(waitMs);
    return false;
  },
});
