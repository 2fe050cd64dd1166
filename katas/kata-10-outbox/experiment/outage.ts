import type { Order } from '../contract.js';
import { pointWithinMs, type Service } from './service.js';

/** How the broker is down; `unreachable`: every connection breaks, and a new one gets no answer. */
export type Outage = 'unreachable' | 'stopped' | 'killed';

/**
 * The least that the broker is down for who takes orders meanwhile: longer than the patience of most.
 * Nothing can come, so it is waited for in full.
 */
const downForMs = 1_500;

/** Orders that come while the broker is down, so that relays have something to do when it is back. */
export interface Backlog {
  readonly orders: number;
  readonly users: number;
}

/**
 * Orders come while the broker is down: of three customers at once, and a backlog of them where they
 * are taken. As the broker is back the three come again, and must not overtake what they placed. One
 * order comes before, whose event shows that whoever publishes was connected again.
 * @returns whether it was
 */
export async function duringOutage(
  service: Service,
  how: Outage,
  backlog: Backlog,
): Promise<boolean> {
  const { lab } = service;
  const up = service.order('up');
  await service.place(up);
  const wasUp = await service.seen([up], pointWithinMs);
  const customers = ['down-1', 'down-2', 'down-3'];
  const during = customers.map((customer) => service.order('down', customer));

  const began = performance.now();
  await breakDown(service, how);
  await service.placeAtOnce(during);
  const waiting = during.every((order) => service.isTaken(order))
    ? await pileUp(service, backlog)
    : [];
  const leftMs = downForMs - (performance.now() - began);
  if (waiting.length > 0 && leftMs > 0) await service.seen(during, leftMs);
  lab.note('outage-ends', {});
  if (how === 'unreachable') mend(service);
  else await lab.broker.start();

  const back = customers.map((customer) => service.order('back', customer));
  await service.placeAll(back);
  await service.bring([...waiting, ...back.filter((order) => service.isTaken(order))]);
  return wasUp;
}

/** @returns the orders that were taken */
async function pileUp(service: Service, { orders, users }: Backlog): Promise<readonly Order[]> {
  service.lab.note('backlog-begins', {});
  const each = Math.ceil(orders / users);
  const queues = Array.from({ length: users }, (_, user) =>
    Array.from({ length: each }, () => service.order('backlog', `backlog-${user + 1}`)),
  );
  await Promise.all(queues.map((queue) => service.placeAll(queue)));
  service.lab.note('backlog-ends', {});
  return queues.flat().filter((order) => service.isTaken(order));
}

/** Who waits for a connection now learns that it has failed; the next one opens. */
function mend({ parts }: Service): void {
  for (const { broker } of parts) {
    broker.cut('rst');
    broker.heal();
  }
}

async function breakDown({ lab, parts }: Service, how: Outage): Promise<void> {
  if (how === 'killed') await lab.broker.kill();
  else if (how === 'stopped') await lab.broker.stop();
  else
    for (const { broker } of parts) {
      broker.blackHole();
      broker.cut('rst');
    }
}
