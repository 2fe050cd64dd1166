import { confirmOnTheWire, type Freeze } from '../../../src/kata/index.js';
import type { Order } from '../contract.js';
import { eventWithinMs, pointWithinMs, type Service } from './service.js';

/** The least that others get to overtake what is held. */
const overtakeWithinMs = 800;

/** `kill -9` of the api at the point. @returns whether it was there */
export async function crashAt(service: Service, point: Freeze, order: Order): Promise<boolean> {
  const pending = service.place(order);
  const isThere = await service.standsAt(point, pending);
  if (isThere) {
    await service.api.program.kill();
    await point.abandon();
    await service.restart([service.api]);
  } else await point.release();
  await pending;
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
  // An api that is held while it publishes answers nobody: then there is no next order either.
  if (caught.part.process === 'relay') {
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
  const isPublished = await service.seen([order], pointWithinMs);
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
