import { inventory, release, reservationOf } from '../../twin-inventory.mjs';

/** There is nothing to put back yet, so there is nothing to remember. */
inventory({
  async OrderRejected(tx, told) {
    if (await reservationOf(tx, told)) await release(tx, told);
  },
});
