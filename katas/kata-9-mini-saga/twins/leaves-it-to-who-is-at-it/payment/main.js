import { one } from '../../twin.mjs';
import { authorize, payment, refund } from '../../twin-payment.mjs';

/** Somebody is at this order: then this must be a repeat of what he is doing. */
const unlessBusy = (react) => async (tx, told) => {
  const sql = 'SELECT pg_try_advisory_xact_lock(17, hashtext($1)) AS mine';
  if ((await one(tx, sql, told.order)).mine) await react(tx, told);
};

const parts = {
  OrderCreated: unlessBusy(authorize),
  StockRejected: unlessBusy(refund),
  OrderRejected: unlessBusy(refund),
};
payment(parts, { locks: false });
