import { exchange } from '../contract.js';
import type { NeverTaken } from '../notes.js';
import { eventWithinMs, observed, type Service } from './service.js';

/** A queue that takes small messages only, in place of the one that takes all. */
const narrow = 'plan.narrow';
const narrowBytes = 40_000;
const tooLong = 'x'.repeat(50_000);
/** More in all than a relay publishes at a time: those of the first batch may come beside what fails. */
const customers = 10;
const ordersEach = 25;

/**
 * An order of a customer with a long name: its event is larger than what the only queue of the
 * exchange takes, so the broker refuses it (basic.nack) each time, and takes all others. The customer
 * comes again, and then many others, who have nothing to wait for.
 */
export async function neverTake(service: Service): Promise<void> {
  const { broker } = service.lab;
  await broker.declareQueue(narrow, {
    arguments: { 'x-max-length-bytes': narrowBytes, 'x-overflow': 'reject-publish' },
  });
  const observer = await broker.observe(narrow);
  service.watch(observer);
  await broker.bindQueue(narrow, exchange, '#');
  await broker.unbindQueue(observed, exchange, '#');

  const large = service.order('large', tooLong);
  await service.place(large);
  const behind = service.order('behind', large.customer);
  await service.place(behind);
  const queues = Array.from({ length: customers }, (_, n) =>
    Array.from({ length: ordersEach }, () => service.order('other', `other-${n + 1}`)),
  );
  await Promise.all(queues.map((queue) => service.placeAll(queue)));
  const taken = queues.flat().filter((order) => service.isTaken(order));
  await service.seen(taken, eventWithinMs);
  service.lab.note('never-taken', {
    ...{ order: large.id, behind: behind.id, others: taken.map(({ id }) => id) },
    heldUp: service.missing(taken).map(({ id }) => id),
  } satisfies NeverTaken);

  await broker.bindQueue(observed, exchange, '#');
  await broker.unbindQueue(narrow, exchange, '#');
  await observer.stop();
}
