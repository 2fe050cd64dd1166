import { tell } from '../../twin.mjs';
import { order, take } from '../../twin-order.mjs';

/** An order that comes again is told of again, as if it were another. */
order(
  {},
  {
    async taking(tx, told) {
      const isNew = await take(tx, told);
      if (isNew === false) await tell(tx, 'OrderCreated', told);
      return isNew;
    },
  },
);
