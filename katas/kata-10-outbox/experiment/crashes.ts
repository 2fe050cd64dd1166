import { confirmOnTheWire, type Freeze } from '../../../src/kata/index.js';
import type { Order } from '../contract.js';
import { inOutbox, ofOrder } from './late-commit.js';
import { eventWithinMs, pointWithinMs, type Service } from './service.js';

/** The least that others get to overtake what is held. */
const overtakeWithinMs = 800;
/** So long a COMMIT takes: longer than the patience of most. Nobody right is done before, so it is waited for in full. */
const slowCommitMs = 3_200;

/**
 * `kill -9` of the api at the point. Another order comes before that, and is committed: its event is
 * due although nothing of the first is left, and nothing comes after it.
 * @returns whether it was there
 */
export async function crashAt(
  service: Service,
  point: Freeze,
  order: Order,
  beside?: Order,
): Promise<boolean> {
  const pending = [service.place(order)];
  const isThere = await service.standsAt(point, pending[0] as Promise<void>);
  if (isThere) {
    if (beside) pending.push(service.place(beside));
    if (beside) await service.takenSoon(beside);
    await service.api.program.kill();
    await point.abandon();
    await service.restart([service.api]);
  } else await point.release();
  await Promise.all(pending);
  if (beside) await service.comesInTime(beside);
  return isThere;
}

/**
 * `kill -9` of whoever is about to publish the event of the first order: its bytes are on the way
 * and never reach the broker. Before, the next order of the customer gets time to overtake it.
 * @returns whether somebody was about to
 */
export async function crashAtPublish(
  service: Service,
  first: Order,
  next: Order,
): Promise<boolean> {
  const holds = service.parts.map((part) => ({
    part,
    hold: part.broker.hold('to-server', { pattern: first.id, first: 1 }),
  }));
  const pending = service.place(first);
  const caught = await service.lab.until(
    'somebody publishes the event',
    () => holds.find(({ hold }) => hold.held > 0),
    pointWithinMs,
  );
  // Only one of them is to be held: whoever comes next publishes.
  for (const one of holds) if (one !== caught) one.hold.release();
  if (!caught) {
    await pending;
    return false;
  }
  // An api that is held while it publishes may answer nobody: then there is no next order either.
  const isAnswered = caught.part.process === 'relay' || (await service.takenSoon(first));
  if (isAnswered) {
    await pending;
    await service.place(next);
    await service.seen([next], timeToOvertake(service));
  }
  await caught.part.program.kill();
  caught.hold.cut('rst');
  await pending;
  await service.restart([caught.part]);
  return true;
}

/**
 * Two orders stand at their COMMIT, everything written, and a third as it writes to the outbox. Who
 * publishes now publishes too early; who gives up waiting and refuses, or goes on without the event,
 * has to take back what it wrote. The client asks again for the first, which nobody knows yet. Then the
 * api gets `kill -9`: the first and the third are rolled back, the second is committed.
 * @returns whether the first stood there
 */
export async function crashAtCommit(
  service: Service,
  lost: Order,
  kept: Order,
  boxed: Order,
): Promise<boolean> {
  const { lab, api } = service;
  const atCommit = (order: Order) =>
    lab.freeze({ table: 'orders', on: 'insert', timing: 'commit', when: ofOrder(order) });
  const atLost = await atCommit(lost);
  const atKept = await atCommit(kept);
  const atBoxed = await lab.freeze({ table: 'outbox', on: 'insert', when: inOutbox(boxed) });
  let answered = 0;
  const place = (order: Order): Promise<void> =>
    service.place(order).finally(() => {
      answered += 1;
    });
  const pending = [lost, kept].map(place);
  const isThere = await service.standsAt(atLost, pending[0] as Promise<void>);
  // Not before: a program may commit in one what comes at once.
  pending.push(place(boxed));
  if (isThere) pending.push(place(lost));
  await lab.until('an answer before the COMMIT', () => answered === pending.length, slowCommitMs);
  await api.program.kill();
  await Promise.all([atLost.abandon(), atBoxed.abandon(), atKept.release()]);
  await Promise.all(pending);
  await service.restart([api]);
  return isThere;
}

/** Nobody right overtakes, so it is waited for in full: longer where events take longer. */
function timeToOvertake({ slowestMs }: Service): number {
  return Math.min(eventWithinMs, Math.max(overtakeWithinMs, 3 * slowestMs));
}

/** `kill -9` of all once the event is with the broker, whose confirm reaches nobody. */
export async function crashAfterPublish(
  service: Service,
  order: Order,
  meanwhile: Order,
): Promise<boolean> {
  const { parts, api } = service;
  const holds = parts.map(({ broker }) => broker.hold('to-client', { pattern: confirmOnTheWire }));
  const pending = service.place(order);
  const isPublished = await service.comesInTime(order);
  await Promise.all(parts.map(({ program }) => program.kill()));
  for (const hold of holds) hold.cut('rst');
  await pending;
  for (const { broker } of parts) broker.heal();
  // An order comes while no relay runs: whoever starts next has to find it.
  await service.restart([api]);
  await service.place(meanwhile);
  await service.restart(parts.filter((part) => part !== api));
  return isPublished;
}
