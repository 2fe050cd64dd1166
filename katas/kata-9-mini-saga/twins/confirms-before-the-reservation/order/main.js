import { tell } from '../../twin.mjs';
import { confirm, order, take } from '../../twin-order.mjs';

/** Paid is as good as sold. */
order(
  {
    async PaymentAuthorized(tx, told) {
      await confirm(tx, told);
      await tell(tx, 'ReserveStock', told, 'commands');
    },
    StockReserved: undefined,
  },
  {
    async taking(tx, told) {
      const isNew = await take(tx, told);
      if (isNew) await tell(tx, 'AuthorizePayment', told, 'commands');
      return isNew;
    },
  },
);
