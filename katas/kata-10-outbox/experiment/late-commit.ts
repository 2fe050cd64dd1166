import type { Order } from '../contract.js';
import { eventWithinMs, type Service } from './service.js';

/** How long the others may take to be committed; who waits for the one that is held never is. */
const commitWithinMs = 4_000;

/**
 * One order takes its place in the outbox and commits last; three come after it and are committed.
 * Before it another one has begun, and is committed after all of these: its event shows that a
 * relay has looked since, however seldom it does, and that its place, higher than the late one's,
 * is behind it. Below the oldest open transaction that event may be published, and what may not be
 * lost is the late one.
 * @returns whether the late one took its place
 */
export async function commitLate(service: Service, late: Order): Promise<boolean> {
  const { lab } = service;
  const before = service.order('before');
  const after = [service.order('after'), service.order('after'), service.order('after')];
  const begun = await lab.freeze({
    ...{ table: 'orders', on: 'insert', timing: 'after', when: ofOrder(before) },
  });
  const placed = await lab.freeze({ table: 'outbox', on: 'insert', when: inOutbox(late) });

  const pending = [service.place(before)];
  await service.standsAt(begun, pending[0] as Promise<void>);
  const itself = service.place(late);
  pending.push(itself);
  let isHeld = await service.standsAt(placed, itself, commitWithinMs);
  // Where one waits for the other, the late one goes alone.
  if (!isHeld) await begun.release();
  if (!isHeld) isHeld = await service.standsAt(placed, itself);
  if (isHeld) {
    pending.push(service.placeAtOnce(after));
    await areTaken(service, after);
    await begun.release();
    if (await areTaken(service, [before])) await service.seen([before], eventWithinMs);
  }
  await placed.release();
  await Promise.all(pending);
  return isHeld;
}

async function areTaken(service: Service, orders: readonly Order[]): Promise<boolean> {
  const answered = (): boolean => orders.every((order) => service.isTaken(order));
  return (await service.lab.until('orders are taken', answered, commitWithinMs)) ?? false;
}

/** SQL over NEW: an order's id holds no quotes. */
export function ofOrder({ id }: Order): string {
  return `NEW.id = '${id}'`;
}

/** Whatever the payload looks like, it names the order. */
export function inOutbox({ id }: Order): string {
  return `NEW::text LIKE '%${id}%'`;
}
