import { ackOnTheWire, type Freeze, type FreezePoint, type Hold } from '../../../src/kata/index.js';
import type { Order, RoleName } from '../contract.js';
import type { Crash } from '../notes.js';
import type { Shop } from './shop.js';

/** Nobody comes to a point within this: it is not there in this program. */
const pointWithinMs = 4_000;

const inMiddle = { ends: 'confirmed', disturbed: true } as const;

/** Each service is killed where it writes its effect, publishes it, acknowledges what it heard. */
export async function crashes(shop: Shop): Promise<void> {
  await atTheirEffects(shop);
  await asTheyPublish(shop);
  await beforeTheirAcks(shop);
  await atTheEnds(shop);
}

const effects: Readonly<Record<RoleName, FreezePoint>> = {
  order: { table: 'orders', on: 'insert' },
  payment: { table: 'payments', on: 'insert' },
  inventory: { table: 'reservations', on: 'insert' },
};

/** All three in the middle of a transaction, each with an order of its own. */
async function atTheirEffects(shop: Shop): Promise<void> {
  // Whoever is killed last takes orders for the others until then.
  const points: Standing[] = [];
  for (const role of ['inventory', 'payment', 'order'] as const) {
    const order = await shop.order(`effect-${role}`, inMiddle);
    points.push(await stand(shop, { role, point: 'effect', order, at: effects[role] }));
  }
  await shop.crash(['order', 'payment', 'inventory'], async () => {
    await Promise.all(points.map(({ freeze }) => freeze.abandon()));
    await Promise.all(points.map(({ placed }) => placed));
  });
  // Who had no answer asks again.
  await shop.place(...points.map(({ order }) => order));
}

/** Committed, and what tells of it is on its way to the broker, and never arrives. */
async function asTheyPublish(shop: Shop): Promise<void> {
  const holds: { readonly hold: Hold; readonly placed: Promise<void> }[] = [];
  for (const role of ['inventory', 'payment', 'order'] as const) {
    const order = await shop.order(`publish-${role}`, inMiddle);
    const hold = shop.parts[role].broker.hold('to-server', { pattern: order.id, first: 1 });
    const placed = shop.place(order);
    met(shop, { role, point: 'publish', order, met: await hold.reached(pointWithinMs) });
    holds.push({ hold, placed });
  }
  await shop.crash(['order', 'payment', 'inventory'], async () => {
    for (const { hold } of holds) hold.cut('rst');
    await Promise.all(holds.map(({ placed }) => placed));
  });
}

/** Done and told, and the broker does not know yet that the message was heard. */
async function beforeTheirAcks(shop: Shop): Promise<void> {
  if (shop.lab.strategy === 'sync-chain') return;
  // Whoever comes later needs none of those that stand already.
  for (const roles of [['inventory', 'payment'], ['order']] as const) {
    const holds: Hold[] = [];
    await shop.quiet(50);
    for (const role of roles) {
      const order = await shop.order(`ack-${role}`, inMiddle);
      const hold = shop.parts[role].broker.hold('to-server', { pattern: ackOnTheWire, first: 1 });
      holds.push(hold);
      const placed = shop.place(order);
      met(shop, { role, point: 'ack', order, met: await hold.reached(pointWithinMs) });
      await placed;
    }
    await shop.crash(roles, () => {
      for (const hold of holds) hold.cut('rst');
    });
  }
}

/** The order service as it ends an order, payment as it gives back. */
async function atTheEnds(shop: Shop): Promise<void> {
  const refunded = await shop.order('crash-refund', { ends: 'out-of-stock', disturbed: true });
  const ended = await shop.order('crash-end', inMiddle);
  const points = [
    await stand(shop, {
      ...{ role: 'payment', point: 'refund', order: refunded },
      at: { table: 'refunds', on: 'insert' },
    }),
    await stand(shop, {
      ...{ role: 'order', point: 'end', order: ended },
      at: { table: 'orders', on: 'update' },
    }),
  ];
  await shop.crash(['payment', 'order'], async () => {
    await Promise.all(points.map(({ freeze }) => freeze.abandon()));
    await Promise.all(points.map(({ placed }) => placed));
  });
}

interface Point extends Pick<Crash, 'role' | 'point'> {
  readonly order: Order;
  readonly at: FreezePoint;
}

interface Standing {
  readonly freeze: Freeze;
  readonly placed: Promise<void>;
  readonly order: Order;
}

/** Places an order, and waits until the service stands at the statement. */
async function stand(shop: Shop, { role, point, order, at }: Point): Promise<Standing> {
  const column = at.table === 'orders' ? 'id' : 'order_id';
  const when = `NEW.${column} = '${order.id}'`;
  const freeze = await shop.lab.role(role).freeze({ ...at, when });
  const placed = shop.place(order);
  const isNowhere = point === 'refund' && !shop.undoes;
  const isMet = !isNowhere && (await freeze.reached(1, pointWithinMs)) !== undefined;
  met(shop, { role, point, order, met: isMet });
  return { freeze, placed, order };
}

function met(shop: Shop, { order, ...crash }: Omit<Crash, 'order'> & { order: Order }): void {
  shop.lab.note('crash', { ...crash, order: order.id } satisfies Crash);
}
