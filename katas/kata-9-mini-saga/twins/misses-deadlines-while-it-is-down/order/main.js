import { setTimeout as sleep } from 'node:timers/promises';
import { deadlineMs, oneAtATime, pool, transaction } from '../../twin.mjs';
import { order, rejects, take } from '../../twin-order.mjs';

async function giveUp(told, afterMs) {
  await sleep(afterMs);
  await transaction(async (tx) => {
    await oneAtATime(tx, told.order);
    await rejects('deadline')(tx, told);
  });
}

const later = (told, afterMs) =>
  void giveUp(told, afterMs).catch((error) => process.stderr.write(`${error.message}\n`));

/** Timers again for all that is not due yet; what was due meanwhile has surely been seen to. */
const { rows } = await pool.query(
  `SELECT id AS "order", customer, sku, quantity, amount,
          $1 - extract(epoch FROM clock_timestamp() - created_at) * 1000 AS left
     FROM orders WHERE status = 'PENDING'`,
  [deadlineMs],
);
for (const { left, ...told } of rows) if (left > 0) later(told, Number(left));

order(
  {},
  {
    every: () => Promise.resolve(),
    async taking(tx, told) {
      const isNew = await take(tx, told);
      if (isNew) later(told, deadlineMs);
      return isNew;
    },
  },
);
