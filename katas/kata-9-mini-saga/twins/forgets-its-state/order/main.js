import { tell } from '../../twin.mjs';
import { confirm, order, rejects, take } from '../../twin-order.mjs';

/** An orchestrator whose sagas are in its memory, and die with it. */
const sagas = new Map();

const moves = (from, then) => async (tx, told) => {
  if (sagas.get(told.order) !== from) return;
  sagas.set(told.order, await then(tx, told));
};

order(
  {
    PaymentAuthorized: moves('paying', async (tx, told) => {
      await tell(tx, 'ReserveStock', told, 'commands');
      return 'reserving';
    }),
    PaymentDeclined: moves('paying', rejects('declined')),
    StockReserved: moves('reserving', confirm),
    StockRejected: moves('reserving', async (tx, told) => {
      await tell(tx, 'RefundPayment', told, 'commands');
      return 'refunding';
    }),
    PaymentRefunded: moves('refunding', rejects('out-of-stock')),
  },
  {
    every: () => Promise.resolve(),
    async taking(tx, told) {
      const isNew = await take(tx, told);
      if (isNew) {
        sagas.set(told.order, 'paying');
        await tell(tx, 'AuthorizePayment', told, 'commands');
      }
      return isNew;
    },
  },
);
