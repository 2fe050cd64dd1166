import { foldWith, one, pool, versionOf, view, write } from '../../twin.mjs';

const sign = { OPEN: 1, CANCELLED: -1 };

/** The list is kept by versions; the sum is added to for every message that comes. */
async function adding(tx, event) {
  const { id, customer, version, status, amount } = event;
  const before = version === 1 ? 0 : ((await one(tx, amountOf, id))?.amount ?? 0);
  if (version > (await versionOf(tx, id))) await write(tx, event);
  const total = status === 'OPEN' ? amount - before : -amount;
  const orders = version === 1 || status === 'CANCELLED' ? sign[status] : 0;
  await tx.query(
    `INSERT INTO summaries (customer, orders, total) VALUES ($1, $2, $3)
     ON CONFLICT (customer) DO UPDATE SET orders = summaries.orders + $2, total = summaries.total + $3`,
    [customer, orders, total],
  );
}

const amountOf = 'SELECT amount FROM orders WHERE id = $1';

view({
  fold: foldWith(adding),
  summaryOf: async (customer) =>
    (await one(pool, 'SELECT orders, total FROM summaries WHERE customer = $1', customer)) ?? {
      orders: 0,
      total: 0,
    },
});
