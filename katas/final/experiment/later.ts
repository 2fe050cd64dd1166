import { bindings } from '../contract.js';
import type { Wish } from '../notes.js';
import { copyOf, interposed } from './interpose.js';
import type { Shop } from './shop.js';

const relay = 'plan.later';
const heard = new Set(bindings.map(({ key }) => key));

/** So long ago that it is out of sight, and not so long that anybody may have forgotten it. */
const longAgoMs = 12_000;

/** All that was told of orders long ago comes once more, and they are asked for once more. */
export async function later(shop: Shop): Promise<void> {
  const wishes = await oneOfEach(shop);
  const addresses = new Set(wishes.map(({ address }) => address));
  await shop.pass('long ago', longAgoMs - shop.sincePlacedMs(wishes));
  const { broker } = shop.lab;
  await broker.declareExchange(relay, 'topic');
  for (const { queue, key } of bindings) await broker.bindQueue(queue, relay, key);
  for (const message of [...shop.observer.messages]) {
    const { address } = (message.body ?? {}) as { address?: unknown };
    if (typeof address !== 'string' || !addresses.has(address) || !heard.has(message.key)) continue;
    shop.lab.note('interposed', interposed('later', message));
    await broker.publish({ exchange: relay, key: message.key }, [copyOf(message)]);
  }
  await shop.placeAgain(...wishes);
  await shop.quiet(300);
  const after = await shop.wishes('later', 2);
  await shop.place(...after);
  await shop.ended([...wishes, ...after]);
  for (const { queue, key } of bindings) await broker.unbindQueue(queue, relay, key);
}

const kinds = ['confirmed', 'declined', 'out-of-stock', 'not-deliverable'] as const;

/** The first that ended so, of the acts before; where there was none, one of its own. */
async function oneOfEach(shop: Shop): Promise<Wish[]> {
  const all: Wish[] = [];
  for (const ends of kinds) {
    const known = shop.firstOf(ends);
    const wish = known ?? (await shop.wish('later', { ends }));
    if (!known) await shop.place(wish);
    all.push(wish);
  }
  await shop.ended(all);
  return all;
}
