import type { Received } from '../../../src/kata/index.js';
import { bindings } from '../contract.js';
import type { Overtaken, Wish } from '../notes.js';
import { Heard } from './heard.js';
import { copyOf } from './interpose.js';
import type { Shop } from './shop.js';

const overtaking = 'plan.overtaking';
const ofEachStep = 2;

/** What undoes each step. */
const undoneBy: Readonly<Record<string, string>> = {
  AuthorizePayment: 'RefundPayment',
  ReserveStock: 'ReleaseStock',
  BookParcel: 'CancelParcel',
};
const steps = bindings.filter(({ key }) => undoneBy[key] !== undefined);

/** Beyond the deadline: so long an order may take to be given up. */
const graceMs = 2_500;

/** A step of some orders is kept back until they were given up and its compensation has come. */
export async function overtaken(shop: Shop): Promise<void> {
  const { broker } = shop.lab;
  const keptBack = new Map<string, string>();
  const wishes: Wish[] = [];
  for (const { key } of steps)
    for (const wish of await shop.wishes('overtaken', ofEachStep, { disturbed: true })) {
      keptBack.set(wish.address, key);
      wishes.push(wish);
    }
  await broker.declareExchange(overtaking, 'topic');
  for (const { queue, exchange, key } of steps) {
    await broker.bindQueue(queue, overtaking, key);
    await broker.unbindQueue(queue, exchange, key);
  }
  await handedOnLate(shop, wishes, keptBack);
  for (const { queue, exchange, key } of steps) {
    await broker.bindQueue(queue, exchange, key);
    await broker.unbindQueue(queue, overtaking, key);
  }
}

/** @param keptBack the step of each address that is to wait */
async function handedOnLate(
  shop: Shop,
  wishes: readonly Wish[],
  keptBack: ReadonlyMap<string, string>,
): Promise<void> {
  const { lab, observer } = shop;
  const first = observer.messages.length;
  const late: Received[] = [];
  let [next, isOver] = [first, false];
  const handOn = async (message: Received): Promise<void> => {
    await lab.broker.publish({ exchange: overtaking, key: message.key }, [copyOf(message)]);
  };
  const pump = (async () => {
    while (!isOver || next < observer.messages.length) {
      const message = observer.messages[next];
      if (message) {
        next += 1;
        if (keptBack.get(addressOf(message)) === message.key) late.push(message);
        else if (undoneBy[message.key] !== undefined) await handOn(message);
      } else await lab.until('a message', () => isOver || next < observer.messages.length, 60_000);
    }
  })();
  const compensations = new Heard(shop, keptBack);
  const counting = compensations.count();
  await shop.place(...wishes);
  await shop.ended(wishes, shop.deadlineMs + graceMs);
  await shop.rest(500);
  await shop.quiet(300);
  const heard = await compensations.of();
  await counting;
  isOver = true;
  await pump;
  const sent = observer.messages.slice(first);
  for (const message of late) {
    const address = addressOf(message);
    const met = sent.some((one) => one.key === undoneBy[message.key] && addressOf(one) === address);
    const how = heard.get(address);
    const note = { name: message.key, address, met, ...(how && { heard: how }) };
    lab.note('overtaken', note satisfies Overtaken);
    await handOn(message);
  }
  await shop.quiet(300);
}

function addressOf({ body }: Received): string {
  const { address } = (body ?? {}) as { address?: unknown };
  return typeof address === 'string' ? address : '';
}
