import { order, take } from '../../twin-order.mjs';

/** The id is known, so it is the same. */
order({}, { taking: async (tx, told) => (await take(tx, told)) ?? false });
