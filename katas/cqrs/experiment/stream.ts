import { randomUUID } from 'node:crypto';
import type { Received } from '../../../src/kata/index.js';
import { events, isEventName, stream } from '../contract.js';
import type { Relayed } from '../notes.js';
import { relay, tokenOf, type Shop } from './shop.js';
import type { Wish, Written } from './requests.js';

/** What is on its way comes within this, or there is nothing to wait for. */
const heldWithinMs = 500;
/** More than anybody takes before the first of them is acknowledged. */
const manyOthers = 300;
/** So many that their numbers, as text, are in another order. */
const manyVersions = 11;
/** Fields of a newer version of the write side, which nobody here knows. */
const newerFields = { currency: 'EUR', channel: { name: 'app' }, notes: [] };

const wishesOf = (act: string): readonly Wish[] => {
  const [a, b] = [`c-${act}-1`, `c-${act}-2`];
  return [
    { order: `o-${act}-1`, customer: a, amount: 11 },
    { order: `o-${act}-2`, customer: a, amount: 22 },
    { order: `o-${act}-1`, customer: a, amount: 33 },
    { order: `o-${act}-3`, customer: b, amount: 44 },
    { order: `o-${act}-1`, customer: a, amount: 55 },
    { order: `o-${act}-3`, customer: b },
  ];
};

/** Every event of some orders comes a second time, and a third, under the same message id. */
export async function duplicates(shop: Shop): Promise<void> {
  const written = await shop.writeAll(wishesOf('duplicates'));
  const reader = shop.client();
  await shop.fence();
  await shop.list(reader, 'c-duplicates-1');
  const all = await eventsOf(shop, written);
  for (const one of [...all, ...all]) await put(shop, 'again', one);
  await shop.fence();
  for (const customer of ['c-duplicates-1', 'c-duplicates-2']) await shop.list(reader, customer);
}

/**
 * The lab stands between exchange and stream, and puts what is newest first; some of it as a newer
 * version of the write side would tell it; and what is none of the view's business.
 */
export async function reordering(shop: Shop): Promise<void> {
  const { broker } = shop.lab;
  const reader = shop.client();
  const look = async (): Promise<void> => {
    for (const customer of ['c-reordering-1', 'c-reordering-2']) await shop.list(reader, customer);
  };
  await shop.fence();
  await broker.unbindQueue(stream, events, '#');
  const written = await shop.writeAll(wishesOf('reordering'));
  const newest = (await eventsOf(shop, written)).toReversed();
  const onRelay = async (fence: Written): Promise<void> => {
    for (const one of await eventsOf(shop, [fence])) await put(shop, 'in-place', one);
  };
  // The last word on each order first; what came before it only once that was shown.
  const last = newest.filter(
    (one, n) => newest.findIndex((other) => orderOf(other) === orderOf(one)) === n,
  );
  for (const one of last) await put(shop, 'in-place', one);
  await shop.fence(onRelay);
  await look();
  for (const one of newest.filter((event) => !last.includes(event)))
    await put(shop, 'in-place', one);
  await putOthers(shop, last);
  await shop.fence(onRelay);
  await look();
  await inOneGo(shop, onRelay);
  await broker.bindQueue(stream, events, '#');
  await shop.fence();
}

/** The newest first, and all that came before it right behind: they come to the view in one batch. */
async function inOneGo(shop: Shop, onRelay: (fence: Written) => Promise<void>): Promise<void> {
  const [order, customer] = ['o-in-one-go', 'c-in-one-go'];
  const written = await shop.writeAll(
    Array.from({ length: manyVersions }, (_, n) => ({ order, customer, amount: 11 * (n + 1) })),
  );
  const newest = (await eventsOf(shop, written)).toReversed();
  const hold = shop.broker.hold('to-client');
  for (const one of newest) await put(shop, 'in-place', one);
  await hold.reached(heldWithinMs);
  hold.release();
  await shop.fence(onRelay);
}

/** Facts of the write side that are not of this view, and the mark of another reader. */
export async function putOthers({ lab }: Shop, told: readonly Received[]): Promise<void> {
  const { broker } = lab;
  const others = Array.from({ length: manyOthers }, (_, n) => ({
    id: randomUUID(),
    body: { ...(told[n % told.length]?.body as object), version: 99, amount: 1 },
  }));
  await broker.publish({ exchange: relay, key: 'OrderAudited' }, others);
  const mark = { id: randomUUID(), body: { mark: 'of another reader' } };
  await broker.publish({ exchange: '', key: stream }, [mark]);
}

/** As they were told, each once. */
export async function eventsOf(
  shop: Shop,
  written: readonly Written[],
): Promise<readonly Received[]> {
  const tokens = written.map(({ token }) => token);
  await shop.told(tokens);
  return tokens.flatMap((token) => {
    const event = shop.observer.messages.find(
      ({ key, body }) => isEventName(key) && tokenOf(body) === token,
    );
    return event ? [event] : [];
  });
}

const orderOf = ({ body }: Received): string => String((body as { order?: unknown }).order);

async function put(shop: Shop, how: Relayed['how'], event: Received): Promise<void> {
  const { id, key: name, body, headers, correlationId } = event;
  const { order, version } = body as { order: string; version: number };
  shop.lab.note('relayed', { how, name, order, version } satisfies Relayed);
  const isOfNewerVersion = how === 'in-place' && order.endsWith('-2');
  const message = {
    ...{ id, headers, body: isOfNewerVersion ? { ...newerFields, ...(body as object) } : body },
    ...(correlationId !== undefined && { correlationId }),
  };
  await shop.lab.broker.publish({ exchange: relay, key: name }, [message]);
}
