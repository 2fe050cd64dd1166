import { endsWithinMs } from '../contract.js';
import type { Asked, Wish } from '../notes.js';
import { placing, readingNobody } from './requests.js';
import { scrape } from './scrape.js';
import { ofEach, type Shop } from './shop.js';

/** Measured; with contexts and request ids of clients. Then who asks for what is not there, and nonsense. */
export async function calm(shop: Shop, count: number, users: number): Promise<void> {
  const { lab } = shop;
  const wishes: Wish[] = [];
  for (let n = 0; n < count; n += 1)
    wishes.push(await shop.wish('calm', { client: `crowd-${Math.floor(n / ofEach)}` }));
  lab.note('load-begins', {});
  await lab.closed(shop.parts.orders.program, {
    ...{ users, requests: count, answerWithinMs: 10_000 },
    next: (_, n) =>
      placing(shop.process(), { ...(wishes[n] as Wish), sort: 'first', ...ids(shop, n) }),
  });
  await shop.ended(wishes);
  lab.note('load-ends', {});
  const [odd] = await shop.wishes('calm', 1, { ends: 'none' });
  if (odd) await shop.ask(readingNobody(), ...nonsense({ ...odd, sort: 'nonsense' }));
  await scrape(shop, 'calm');
}

/** Every other client has an id of its own, and every third a context. */
function ids(shop: Shop, n: number): Partial<Asked> {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, (_, at) =>
      (at === 0 ? 1 : shop.lab.random.integer(0, 15)).toString(16),
    ).join('');
  return {
    ...(n % 2 === 0 && { requestId: `req-${n}-${hex(8)}` }),
    ...(n % 3 === 0 && { traceparent: `00-${hex(32)}-${hex(16)}-01` }),
  };
}

/** What is no order, each in one way. */
function nonsense(asked: Asked) {
  const { customer, sku, quantity, amount, address } = asked;
  const right = { customer, sku, quantity, amount, address };
  return [
    '{"customer": ',
    { ...right, sku: undefined },
    { ...right, quantity: 0 },
    { ...right, amount: 1.5 },
  ].map((body, n) =>
    placing(
      1,
      { ...asked, key: `${asked.key}-${n}` },
      { rawBody: typeof body === 'string' ? body : JSON.stringify(body) },
    ),
  );
}

/** So many that they are in one another's way. */
const atOnce = 6;

export async function undone(
  shop: Shop,
  act: 'declined' | 'out-of-stock' | 'not-deliverable',
): Promise<void> {
  const wishes = await shop.wishes(act, atOnce, { ends: act });
  // Several are in hand at once.
  shop.world.become('late');
  await shop.place(...wishes);
  await shop.ended(wishes);
  shop.world.become('well');
  if (act !== 'declined') await soldAfterwards(shop, act);
}

/** What one could not have, another one can: too much was asked for, or it was put back. */
async function soldAfterwards(shop: Shop, act: 'out-of-stock' | 'not-deliverable'): Promise<void> {
  const scarce = { sku: `s-${act}-scarce`, stock: 2 };
  const quantity = act === 'out-of-stock' ? 3 : 2;
  const refused = await shop.wish(act, { ends: act, ...scarce, quantity });
  await shop.place(refused);
  await shop.ended([refused]);
  // Whoever rejects first and puts back later has as long for it as an order may take.
  if (act === 'not-deliverable') await shop.rest(shop.deadlineMs + endsWithinMs);
  const sold = await shop.wish(act, { ...scarce, quantity: 2 });
  await shop.place(sold);
  await shop.ended([sold]);
}

/** Each differs in one field. */
const otherBodies = ({ customer, sku, quantity, amount, address }: Wish): Partial<Wish>[] => [
  { customer: `${customer}-other` },
  { sku: `${sku}-other` },
  { quantity: quantity + 1 },
  { amount: amount + 1 },
  { address: `${address}-other` },
];

/** The same key at once, afterwards, after a crash; with another body; of another client; without one. */
export async function repeated(shop: Shop): Promise<void> {
  const { lab } = shop;
  const [manyTimes, crashed, later] = await shop.wishes('repeated', 3);
  if (!manyTimes || !crashed || !later) return;
  await lab.burst(
    shop.parts.orders.program,
    Array.from({ length: 6 }, (_, n) => shop.placing(manyTimes, n === 0 ? 'first' : 'again')),
  );
  await shop.placeAgain(manyTimes);

  await shop.told();
  const freeze = await lab.role('orders').freeze({
    ...{ table: 'orders', on: 'insert', timing: 'commit' },
    when: `NEW.address = '${crashed.address}'`,
  });
  const placed = shop.place(crashed);
  const met = (await freeze.reached(1, 4_000)) !== undefined;
  lab.note('crash', { role: 'orders', point: 'take', met, address: crashed.address });
  await shop.crash(['orders'], () => freeze.release());
  await placed;
  await shop.placeAgain(crashed);
  await shop.placeAgain(crashed);

  await shop.place(later);
  await shop.placeAgain(later);
  for (const body of otherBodies(later))
    await shop.ask(shop.placing({ ...later, ...body }, 'other-body'));
  await shop.ask(placing(1, { ...later, sort: 'no-key' }, { key: '' }));
  await shop.ask(placing(1, { ...later, sort: 'stranger' }, { apiKey: 'key-of-nobody' }));
  await shop.ask(placing(1, { ...later, sort: 'stranger' }, { apiKey: '' }));
  const [other] = await shop.wishes('repeated', 1, { client: 'hal' });
  const same = other && { ...other, key: later.key };
  if (same) await shop.place(same);
  const all = [manyTimes, crashed, later, ...(same ? [same] : [])];
  await shop.ended(all);
  await shop.placeAgain(...all);
}
