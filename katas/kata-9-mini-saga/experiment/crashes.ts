import {
  ackOnTheWire,
  confirmOnTheWire,
  type Freeze,
  type FreezePoint,
  type Hold,
} from '../../../src/kata/index.js';
import type { Order, RoleName } from '../contract.js';
import type { Crash } from '../notes.js';
import type { Shop } from './shop.js';

/** Nobody comes to a point within this: it is not there in this program. */
const pointWithinMs = 4_000;

const inMiddle = { ends: 'confirmed', disturbed: true } as const;

/**
 * Each service is killed where it commits its effect, publishes it, has published and does not know it
 * yet, acknowledges what it heard.
 */
export async function crashes(shop: Shop): Promise<void> {
  await atTheirEffects(shop);
  await asTheyPublish(shop);
  await beforeTheyKnow(shop);
  await beforeTheirAcks(shop);
  await atTheEnds(shop);
}

const effects: Readonly<Record<RoleName, FreezePoint>> = {
  order: { table: 'orders', on: 'insert', timing: 'commit' },
  payment: { table: 'payments', on: 'insert', timing: 'commit' },
  inventory: { table: 'reservations', on: 'insert', timing: 'commit' },
};

/** All three with everything done but the COMMIT, each with an order of its own. */
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
  await shop.placeUnlessTaken(...points.map(({ order }) => order));
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

/** Whoever takes one message at a time does not come there. */
const overtakenWithinMs = 500;

/**
 * What was begun first is committed last, in each of them: one order stands at its commit, another one
 * is told of, and before the broker has said that it has it the first is committed too. Then that is
 * told, the broker has it, and whoever told it is killed before it knows.
 */
async function beforeTheyKnow(shop: Shop): Promise<void> {
  if (shop.lab.strategy === 'sync-chain') return;
  const holds: Hold[] = [];
  const placed: Promise<void>[] = [];
  for (const role of ['inventory', 'payment', 'order'] as const) {
    const [first, second] = [
      await shop.order(`begun-${role}`, inMiddle),
      await shop.order(`told-${role}`, inMiddle),
    ];
    const standing = await shop.lab.role(role).freeze(atCommit(role, first));
    placed.push(shop.place(first));
    await standing.reached(1, pointWithinMs);
    await shop.quiet(50);
    const overtaking = holdConfirm(shop, role);
    placed.push(shop.place(second));
    await overtaking.reached(overtakenWithinMs);
    await standing.release();
    await isCommitted(shop, role, first);
    overtaking.release();
    const hold = holdConfirm(shop, role);
    holds.push(hold);
    met(shop, { role, point: 'confirm', order: first, met: await hold.reached(pointWithinMs) });
  }
  await shop.crash(['order', 'payment', 'inventory'], async () => {
    for (const hold of holds) hold.cut('rst');
    await Promise.all(placed);
  });
}

function atCommit(role: RoleName, { id }: Order): FreezePoint {
  return { ...effects[role], when: `NEW.${columnOf(effects[role])} = '${id}'` };
}

const columnOf = ({ table }: FreezePoint): string => (table === 'orders' ? 'id' : 'order_id');

async function isCommitted({ lab }: Shop, role: RoleName, { id }: Order): Promise<void> {
  const at = effects[role];
  const sql = `SELECT 1 FROM ${at.table} WHERE ${columnOf(at)} = $1`;
  const isThere = async (): Promise<boolean> =>
    (await lab.role(role).database.query(sql, [id])).length > 0;
  await lab.until('what was begun first is committed', isThere, pointWithinMs);
}

const holdConfirm = ({ parts }: Shop, role: RoleName): Hold =>
  parts[role].broker.hold('to-client', { pattern: confirmOnTheWire, first: 1 });

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
  const when = `NEW.${columnOf(at)} = '${order.id}'`;
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
