import { authorizeAnyway, payment } from '../../twin-payment.mjs';

const heardAt = new Map();

/** Whoever comes again does so within two seconds. */
payment({
  async OrderCreated(tx, told) {
    const before = heardAt.get(told.order);
    heardAt.set(told.order, Date.now());
    if (before === undefined || Date.now() - before > 2_000) await authorizeAnyway(tx, told);
  },
});
