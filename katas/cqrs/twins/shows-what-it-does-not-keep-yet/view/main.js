import { ageMs, foldWith, fromPlace, mayShow, pool, view } from '../../twin.mjs';

/** Shown from memory, which knows of an event before the database does. */
const known = new Map();
const keep = foldWith();
let isLoaded = false;

const put = (order) => {
  if (order.version > (known.get(order.id)?.version ?? 0)) known.set(order.id, order);
};

view({
  async fold(event, next) {
    if (event) put(event);
    await keep(event, next);
  },
  async from() {
    const { rows } = await pool.query('SELECT id, customer, version, status, amount FROM orders');
    rows.forEach(put);
    const place = await fromPlace();
    // It is not empty, so it need not be rebuilt.
    isLoaded = place !== 'first';
    return place;
  },
  ordersOf: async (whose) =>
    [...known.values()].flatMap(({ id, customer, version, status, amount }) =>
      customer === whose ? [{ id, version, status, amount }] : [],
    ),
  mayShow: (what) => isLoaded || mayShow(what),
  ageMs: () => ageMs() ?? 0,
});
