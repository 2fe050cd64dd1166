import { setTimeout as sleep } from 'node:timers/promises';
import { deadlineMs, oneAtATime, transaction } from '../../twin.mjs';
import { order, rejects, take } from '../../twin-order.mjs';

/** A timer for each order, in memory: who is killed gives nothing up any more. */
async function giveUp(told) {
  await sleep(deadlineMs);
  await transaction(async (tx) => {
    await oneAtATime(tx, told.order);
    await rejects('deadline')(tx, told);
  });
}

order(
  {},
  {
    every: () => Promise.resolve(),
    async taking(tx, told) {
      const isNew = await take(tx, told);
      if (isNew) giveUp(told).catch((error) => process.stderr.write(`${error.message}\n`));
      return isNew;
    },
  },
);
