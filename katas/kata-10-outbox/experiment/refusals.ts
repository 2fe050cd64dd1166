import { refusalOnTheWire } from '../../../src/kata/index.js';
import { exchange, type Order } from '../contract.js';
import { eventWithinMs, observed, type Service } from './service.js';

/** A queue that takes nothing, and says so. */
const full = 'plan.full';
const refusedWithinMs = 5_000;
const betweenOrdersMs = 100;

/**
 * The only queue of the exchange is full: the broker refuses the event (basic.nack), and nobody has
 * it. By the time that the program hears of it the queue is another, and the customer's next order
 * comes: whoever does not repeat the first loses it, and whoever repeats it later is overtaken.
 * @returns whether a refusal came
 */
export async function refuseOnce(service: Service, order: Order): Promise<boolean> {
  const { lab, parts } = service;
  const { broker } = lab;
  // With one relay alone, who was refused is who has to try again.
  const spare = parts.slice(-1);
  for (const { program } of spare) await program.kill();
  await broker.declareQueue(full, {
    arguments: { 'x-max-length': 0, 'x-overflow': 'reject-publish' },
  });
  const holds = parts.map((part) =>
    part.broker.hold('to-client', { pattern: refusalOnTheWire, first: 1 }),
  );
  // At no moment is there no queue at all: what no queue takes is another story.
  await broker.bindQueue(full, exchange, '#');
  await broker.unbindQueue(observed, exchange, '#');
  const pending = service.place(order);
  const isRefused = (): boolean => holds.some(({ held }) => held > 0);
  const refused = await lab.until('the broker refuses an event', isRefused, refusedWithinMs);
  await broker.bindQueue(observed, exchange, '#');
  await broker.unbindQueue(full, exchange, '#');
  for (const hold of holds) hold.release();
  await pending;
  const next = service.order('next-of-refused', order.customer);
  await service.place(next);
  await service.seen([next, ...(service.isTaken(order) ? [order] : [])], eventWithinMs);
  await service.restart(spare);
  return refused ?? false;
}

/**
 * The api alone loses the broker as an order comes, and has it again at once; the customer orders on,
 * until the event of the first has come. Nothing of it concerns an api that leaves publishing to the
 * relays; one that publishes first, and has others bring what it could not, lets the later ones pass.
 */
export async function cutOffApi(service: Service): Promise<void> {
  const { broker } = service.api;
  const first = service.order('cut-off');
  broker.blackHole();
  broker.cut('rst');
  await service.place(first);
  broker.heal();
  const began = performance.now();
  do await service.place(service.order('after-cut-off', first.customer));
  while (
    service.isTaken(first) &&
    performance.now() - began < eventWithinMs &&
    !(await service.seen([first], betweenOrdersMs))
  );
}
