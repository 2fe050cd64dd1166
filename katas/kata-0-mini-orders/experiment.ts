import type { Lab, Upstream } from '../../src/kata/index.js';
import { neverSent, noOrders } from './contract.js';
import { Behind } from './experiment/behind.js';
import { crashAfterTheAnswers, endWithWorkInHand } from './experiment/ends.js';
import { askTooEarly, refuseWhatIsNone, sendOddNames } from './experiment/names.js';
import { placing, reading } from './experiment/requests.js';
import { giveUpOn, standAtTheRow, unconfirmedAtFirst } from './experiment/retries.js';
import { atBoth, type Replicas } from './experiment/replicas.js';
import type { Final, Order } from './notes.js';

const items = ['lamp', 'kettle', 'chair', 'radio', 'mug'];

interface Options {
  readonly orders: number;
  readonly users: number;
  readonly restart: 'stop' | 'kill';
}

export async function experiment(lab: Lab, { orders, users, restart }: Options): Promise<void> {
  const behind = new Behind(lab);
  const upstream = await lab.upstream((call) => behind.answer(call));
  const sent = Array.from({ length: orders }, (_, n) => ({
    id: `o-${n + 1}`,
    item: items[n % items.length] ?? '',
  }));
  const early = sent.slice(0, Math.ceil(orders / 2));
  const late = sent.slice(early.length);
  /** Whatever was sent, with its readers. */
  const book: Order[] = [];
  const writeDown = (more: readonly Order[] | undefined): void => void book.push(...(more ?? []));

  const first = await twoReplicas(lab, upstream);
  writeDown(await lab.act('early', () => askTooEarly(lab, first)));
  writeDown(await lab.act('load', () => placeAll(lab, first, early, users)));
  writeDown(await lab.act('given-up', () => giveUpOn(lab, first, behind)));
  writeDown(await lab.act('at-once', () => standAtTheRow(lab, first)));
  writeDown(await lab.act('names', () => sendOddNames(lab, first)));
  writeDown(await lab.act('refused', () => refuseWhatIsNone(lab, first)));
  writeDown(await lab.act('upstream', () => unconfirmedAtFirst(lab, first, behind)));
  await readAll(lab, first, book);

  const inHand = await lab.act('in-hand', () => endWithWorkInHand(lab, first, behind, restart));
  if (!inHand) await Promise.all(first.map((replica) => replica[restart]()));
  lab.note('restart', { restart });

  const second = await twoReplicas(lab, upstream);
  writeDown(inHand && (await askAgain(lab, second, inHand)));
  writeDown(await lab.act('load', () => placeAll(lab, second, late, users)));
  await readAll(lab, second, book);
  const crashed = await lab.act('crash', () => crashAfterTheAnswers(lab, second));
  await Promise.all(second.filter((one) => one !== crashed).map((replica) => replica.stop()));

  lab.note('final', {
    rows: await lab.database.query<Order>('SELECT id, item FROM orders ORDER BY id'),
  } satisfies Final);
}

async function twoReplicas(lab: Lab, upstream: Upstream): Promise<Replicas> {
  return Promise.all([lab.start({ upstream }), lab.start({ upstream })]);
}

/** Users are shared out to the replicas in turn, so that a user's number tells the replica. */
async function placeAll(
  lab: Lab,
  replicas: Replicas,
  orders: readonly Order[],
  users: number,
): Promise<readonly Order[]> {
  await lab.closed(replicas, {
    users,
    requests: orders.length,
    next: (process, n) => placing(orders[n] as Order, process % 2 === 0 ? 'A' : 'B', { process }),
  });
  return orders;
}

/** Each at the other replica than before. */
async function askAgain(
  lab: Lab,
  [a, b]: Replicas,
  [byA, byB]: readonly [Order, Order],
): Promise<readonly Order[]> {
  await lab.oneByOne(b, [placing(byA, 'B')]);
  await lab.oneByOne(a, [placing(byB, 'A')]);
  return [byA, byB];
}

/** Every order, and some that nobody sent, from each replica. */
async function readAll(lab: Lab, replicas: Replicas, orders: readonly Order[]): Promise<void> {
  const unknown = [...neverSent, ...noOrders.flatMap(({ id }) => id ?? [])];
  const ids = [...orders.map(({ id }) => id), ...unknown];
  await atBoth(replicas, (program, replica, n) =>
    lab.oneByOne(
      program,
      ids.map((id) => reading({ id, replica }, n)),
    ),
  );
}
