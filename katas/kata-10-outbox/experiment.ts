import type { Broker, Database, Lab, Observer } from '../../src/kata/index.js';
import { exchange, type Order } from './contract.js';
import { crashAfterPublish, crashAt, crashAtPublish } from './experiment/crashes.js';
import { commitLate, inOutbox, ofOrder } from './experiment/late-commit.js';
import { duringOutage, type Outage } from './experiment/outage.js';
import { eventWithinMs, Service } from './experiment/service.js';
import type { Final, Moment } from './notes.js';

const observed = 'plan.observed';
/** Orders that pile up while the broker is down; longer than this teaches nothing more. */
const mostBacklog = 1_000;
/** About so many orders come between the measured load and the backlog. */
const beforeBacklog = 10;
/** A relay that has brought nothing for so long has nothing more, or will never bring it. */
const quietMs = 2_000;

interface Options {
  readonly orders: number;
  readonly users: number;
  readonly outage: Outage;
}

export async function experiment(lab: Lab, { orders, users, outage }: Options): Promise<void> {
  const backlog = { orders: Math.min(orders, mostBacklog), users };
  await beginPositions(lab.database, orders + beforeBacklog + Math.ceil(backlog.orders / 2));
  const observer = await observeEvents(lab.broker);
  const service = await Service.start(lab, observer);
  const met = (at: Moment['at'], happened: boolean, order?: Order): void =>
    lab.note('moment', { at, met: happened, order: order?.id ?? '' } satisfies Moment);

  lab.note('load-begins', {});
  await service.load(orders, users);
  lab.note('load-ends', {});

  // What is no order is refused, and one that comes again is the same order.
  await service.askForNonsense();
  const again = service.order('again');
  await service.place(again);
  await service.seen([again], eventWithinMs);
  await service.place(again);

  // One order takes its place in the outbox first and commits last; others overtake it.
  const usesOutbox = await service.usesOutbox();
  const late = service.order('late');
  if (usesOutbox) met('late-commit', await commitLate(service, late), late);

  // A process dies with an event on its way to the broker; the customer's next order waits.
  const first = service.order('first');
  const next = service.order('next', first.customer);
  met('publish', await crashAtPublish(service, first, next), first);

  // The service dies as it writes the order, and as it writes to the outbox.
  const written = service.order('written');
  const atOrder = await lab.freeze({ table: 'orders', on: 'insert', when: ofOrder(written) });
  met('insert', await crashAt(service, atOrder, written), written);
  const boxed = service.order('boxed');
  if (usesOutbox) {
    const atOutbox = await lab.freeze({ table: 'outbox', on: 'insert', when: inOutbox(boxed) });
    met('outbox', await crashAt(service, atOutbox, boxed), boxed);
  }

  // The broker is down; the relays bring what piles up once it is back.
  met('outage', await duringOutage(service, outage, backlog));

  // Everything dies once an event is with the broker, and before anybody here knows. An order comes
  // while no relay runs, and after it nothing that would wake one. Before, what has piled up goes.
  if (usesOutbox) await service.bring(await service.committed(), quietMs);
  const published = service.order('published');
  const meanwhile = service.order('meanwhile');
  met('mark', await crashAfterPublish(service, published, meanwhile), published);

  // Where the next case may kill the broker, none is to wait at it.
  if (outage === 'unreachable') lab.letNextBegin();
  await service.bring(await service.committed());
  await service.stop();
  await observer.stop();
  const rows = await service.committed();
  lab.note('final', { orders: rows, outboxUsed: usesOutbox } satisfies Final);
}

/** A consumer of the lab's own, bound before any program starts. */
async function observeEvents(broker: Broker): Promise<Observer> {
  await broker.declareExchange(exchange, 'topic');
  await broker.declareQueue(observed);
  await broker.bindQueue(observed, exchange, '#');
  return broker.observe(observed);
}

/**
 * The positions get a digit more after so many, in the middle of the backlog: as text, which has an
 * order of its own, 10000 comes before 9999.
 */
async function beginPositions(database: Database, before: number): Promise<void> {
  const next = 10 ** String(before).length * 10;
  await database.query(`ALTER SEQUENCE outbox_position_seq RESTART WITH ${next - before}`);
}
