import {
  ackOnTheWire,
  confirmOnTheWire,
  type Freeze,
  type FreezePoint,
  type Hold,
} from '../../../src/kata/index.js';
import { roles, type RoleName } from '../contract.js';
import type { Crash, Wish } from '../notes.js';
import { readRows } from './rows.js';
import type { Shop, Wanted } from './shop.js';

/** Nobody comes to a point within this: it is not there in this program. */
const pointWithinMs = 4_000;

const inMiddle: Wanted = { disturbed: true };

/** Each service is killed where it writes its effect, publishes it, acknowledges it, undoes it. */
export async function crashes(shop: Shop): Promise<void> {
  await shop.told();
  const wishes: Wish[] = [];
  for (const kill of [
    atTheirEffects,
    asTheyPublish,
    beforeTheirConfirms,
    beforeTheirAcks,
    asTheyUndo,
    onceTheyHaveUndone,
  ])
    wishes.push(...(await kill(shop)));
  await shop.ended(wishes);
  await shop.placeAgain(...wishes);
}

/** Whoever is killed last takes orders for the others until then. */
const lastFirst = [...roles].reverse();

const effects: Readonly<Record<RoleName, FreezePoint>> = {
  orders: { table: 'orders', on: 'insert' },
  // Once the provider and the carrier have answered, and before that is written down for good.
  payments: { table: 'payments', on: 'insert', timing: 'after' },
  inventory: { table: 'reservations', on: 'insert' },
  shipping: { table: 'parcels', on: 'insert', timing: 'after' },
};

async function atTheirEffects(shop: Shop): Promise<Wish[]> {
  const points: Standing[] = [];
  for (const role of lastFirst) {
    const wish = await shop.wish('crashes', inMiddle);
    points.push(await stand(shop, { role, point: 'effect', wish, at: effects[role] }));
  }
  await shop.crash(roles, async () => {
    await Promise.all(points.map(({ freeze }) => freeze.abandon()));
    await Promise.all(points.map(({ placed }) => placed));
  });
  const wishes = points.map(({ wish }) => wish);
  await shop.placeAgain(...wishes);
  return wishes;
}

/** Committed, and what tells of it is on its way to the broker, and never arrives. */
async function asTheyPublish(shop: Shop): Promise<Wish[]> {
  const holds: { readonly hold: Hold; readonly placed: Promise<void>; readonly wish: Wish }[] = [];
  for (const role of lastFirst) {
    const wish = await shop.wish('crashes', inMiddle);
    const hold = shop.parts[role].broker.hold('to-server', { pattern: wish.address, first: 1 });
    const placed = shop.place(wish);
    met(shop, { role, point: 'publish', wish, met: await hold.reached(pointWithinMs) });
    holds.push({ hold, placed, wish });
  }
  await shop.crash(roles, async () => {
    for (const { hold } of holds) hold.cut('rst');
    await Promise.all(holds.map(({ placed }) => placed));
  });
  const wishes = holds.map(({ wish }) => wish);
  await shop.placeAgain(...wishes);
  return wishes;
}

/** The broker has what they told, and they do not know that yet. */
async function beforeTheirConfirms(shop: Shop): Promise<Wish[]> {
  const holds: { readonly hold: Hold; readonly placed: Promise<void>; readonly wish: Wish }[] = [];
  await shop.quiet(50);
  for (const role of lastFirst) {
    const wish = await shop.wish('crashes', inMiddle);
    const hold = shop.parts[role].broker.hold('to-client', { pattern: confirmOnTheWire, first: 1 });
    const placed = shop.place(wish);
    met(shop, { role, point: 'confirm', wish, met: await hold.reached(pointWithinMs) });
    holds.push({ hold, placed, wish });
  }
  await shop.crash(roles, async () => {
    for (const { hold } of holds) hold.cut('rst');
    await Promise.all(holds.map(({ placed }) => placed));
  });
  return holds.map(({ wish }) => wish);
}

/** Done and told, and the broker does not know yet that the message was heard. */
async function beforeTheirAcks(shop: Shop): Promise<Wish[]> {
  const wishes: Wish[] = [];
  const holds: Hold[] = [];
  await shop.quiet(50);
  for (const role of lastFirst) {
    const wish = await shop.wish('crashes', inMiddle);
    const hold = shop.parts[role].broker.hold('to-server', { pattern: ackOnTheWire, first: 1 });
    holds.push(hold);
    wishes.push(wish);
    const placed = shop.place(wish);
    met(shop, { role, point: 'ack', wish, met: await hold.reached(pointWithinMs) });
    await placed;
  }
  await shop.crash(roles, () => {
    for (const hold of holds) hold.cut('rst');
  });
  return wishes;
}

/** Inventory as it puts back, payments as it gives back, orders as it ends an order. */
async function asTheyUndo(shop: Shop): Promise<Wish[]> {
  const refused: Wanted = { ends: 'not-deliverable', disturbed: true };
  const points: readonly (Pick<Point, 'role' | 'at' | 'point'> & { wanted: Wanted })[] = [
    {
      ...{ role: 'inventory', point: 'undo', wanted: refused },
      at: { table: 'releases', on: 'insert' },
    },
    {
      ...{ role: 'payments', point: 'undo', wanted: { ends: 'out-of-stock', disturbed: true } },
      at: { table: 'refunds', on: 'insert' },
    },
    { role: 'orders', point: 'end', wanted: inMiddle, at: { table: 'orders', on: 'update' } },
  ];
  const standing: Standing[] = [];
  const wishes: Wish[] = [];
  for (const { wanted, ...of } of points) {
    const wish = await shop.wish('crashes', wanted);
    wishes.push(wish);
    standing.push(await stand(shop, { ...of, wish }));
  }
  await shop.crash(['inventory', 'payments', 'orders'], async () => {
    await Promise.all(standing.map(({ freeze }) => freeze.abandon()));
    await Promise.all(standing.map(({ placed }) => placed));
  });
  return wishes;
}

/** Both are led to where they undo before either is held up: each needs the other until then. */
const undoings: readonly (Pick<Point, 'role' | 'at'> & { wanted: Wanted })[] = [
  {
    ...{ role: 'inventory', wanted: { ends: 'not-deliverable', disturbed: true } },
    at: { table: 'releases', on: 'insert', first: 1 },
  },
  {
    ...{ role: 'payments', wanted: { ends: 'out-of-stock', disturbed: true } },
    at: { table: 'refunds', on: 'insert', first: 1 },
  },
];

/** Undone and told, and the broker does not know yet that they heard: the next process hears it as well. */
async function onceTheyHaveUndone(shop: Shop): Promise<Wish[]> {
  const standing: (Standing & Pick<Point, 'role'> & { readonly stood: boolean })[] = [];
  for (const { role, wanted, at } of undoings) {
    const wish = await shop.wish('crashes', wanted);
    const freeze = await shop.lab.role(role).freeze(at);
    const placed = shop.place(wish);
    const stood = (await freeze.reached(1, pointWithinMs)) !== undefined;
    standing.push({ role, wish, freeze, placed, stood });
  }
  await shop.quiet(50);
  const holds = standing.map(({ role }) =>
    shop.parts[role].broker.hold('to-server', { pattern: ackOnTheWire, first: 1 }),
  );
  await Promise.all(standing.map(({ freeze }) => freeze.release()));
  for (const [n, { role, wish, stood }] of standing.entries()) {
    const isHeld = await holds[n]?.reached(pointWithinMs);
    const isUndone = await shop.lab.until(
      'it is undone',
      () => hasUndone(shop, wish),
      pointWithinMs,
    );
    met(shop, { role, point: 'undone', wish, met: stood && isHeld === true && isUndone === true });
  }
  await shop.crash(['inventory', 'payments'], async () => {
    for (const hold of holds) hold.cut('rst');
    await Promise.all(standing.map(({ placed }) => placed));
  });
  return standing.map(({ wish }) => wish);
}

async function hasUndone({ lab }: Shop, { address }: Wish): Promise<boolean> {
  const { orders, refunds, releases } = await readRows(lab);
  const id = orders.find((row) => row.address === address)?.id;
  return [...refunds, ...releases].some(({ order }) => order === id);
}

interface Point extends Pick<Crash, 'role' | 'point'> {
  readonly wish: Wish;
  readonly at: FreezePoint;
}

interface Standing {
  readonly freeze: Freeze;
  readonly placed: Promise<void>;
  readonly wish: Wish;
}

/** Places an order, and waits until the service stands at the statement. */
async function stand(shop: Shop, { role, point, wish, at }: Point): Promise<Standing> {
  const freeze = await shop.lab.role(role).freeze({ ...at, ...whenOf(role, point, wish) });
  const placed = shop.place(wish);
  const isMet = (await freeze.reached(1, pointWithinMs)) !== undefined;
  met(shop, { role, point, wish, met: isMet });
  return { freeze, placed, wish };
}

/** Where the row tells whose it is; elsewhere nobody else comes. */
function whenOf(role: RoleName, point: Crash['point'], { address, sku }: Wish) {
  if (role === 'orders' || role === 'shipping') return { when: `NEW.address = '${address}'` };
  if (role === 'inventory' && point !== 'undo') return { when: `NEW.sku = '${sku}'`, first: 1 };
  return { first: 1 };
}

function met(shop: Shop, { wish, ...crash }: Omit<Crash, 'address'> & { wish: Wish }): void {
  shop.lab.note('crash', { ...crash, address: wish.address } satisfies Crash);
}
