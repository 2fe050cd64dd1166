import { order, take } from '../../twin.mjs';

/** The id is known, so it is the same. */
order({}, { taking: async (tx, told) => (await take(tx, told)) ?? false });
