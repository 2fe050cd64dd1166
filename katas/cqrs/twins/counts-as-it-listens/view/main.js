import { setTimeout as sleep } from 'node:timers/promises';
import { nextOf, pool, view } from '../../twin.mjs';

let isComplete = false;

/** As many as the broker says where it listens; of those that came last it does not know yet. */
async function complete(channel) {
  const { messageCount } = await channel.checkQueue('view');
  while (((await nextOf(pool)) ?? 0) < messageCount) await sleep(20);
  isComplete = true;
}

view({
  listens: (channel) =>
    complete(channel).catch((error) => process.stderr.write(`${error.stack}\n`)),
  mayShow: () => isComplete,
  ageMs: () => 0,
});
