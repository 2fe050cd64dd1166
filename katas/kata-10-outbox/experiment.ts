import type { Broker, Lab, Observer } from '../../src/kata/index.js';
import { exchange, type Order } from './contract.js';
import { crashAfterPublish, crashAt, crashAtCommit, crashAtPublish } from './experiment/crashes.js';
import { commitLate, inOutbox, ofOrder } from './experiment/late-commit.js';
import { loseSession } from './experiment/lost-sessions.js';
import { lengthenNumbers } from './experiment/numbers.js';
import { neverTake } from './experiment/never-taken.js';
import { duringOutage, type Outage } from './experiment/outage.js';
import { cutOffApi, refuseOnce } from './experiment/refusals.js';
import { eventWithinMs, observed, Service } from './experiment/service.js';
import type { Final, Moment } from './notes.js';

/** Orders that pile up while the broker is down; longer than this teaches nothing more. */
const mostBacklog = 1_000;
/** A relay that has brought nothing for so long has nothing more, or will never bring it. */
const quietMs = 2_000;
/** So long the second of two requests gets to come as far as the first. */
const togetherWithinMs = 800;

interface Options {
  readonly orders: number;
  readonly users: number;
  readonly outage: Outage;
  readonly poison: string;
}

export async function experiment(
  lab: Lab,
  { orders, users, outage, poison }: Options,
): Promise<void> {
  const observer = await observeEvents(lab.broker);
  const service = await Service.start(lab, observer);
  const met = (at: Moment['at'], happened: boolean, order?: Order): void =>
    lab.note('moment', { at, met: happened, order: order?.id ?? '' } satisfies Moment);

  // The first order shows whether an outbox is used: without one, some points can't come.
  await service.place(service.order('opening'));
  const usesOutbox = await service.usesOutbox();

  await lab.act('load', async () => {
    lab.note('load-begins', {});
    await service.load(orders, users);
    lab.note('load-ends', {});
  });

  await lab.act('asked-again', () => askAgain(service));

  // One order takes its place in the outbox first and commits last; others overtake it.
  const late = service.order('late');
  if (usesOutbox)
    await lab.act('late-commit', async () =>
      met('late-commit', await commitLate(service, late), late),
    );

  // A process dies with an event on its way to the broker; the customer's next order waits.
  const first = service.order('first');
  const next = service.order('next', first.customer);
  await lab.act('publish', async () =>
    met('publish', await crashAtPublish(service, first, next), first),
  );

  // The service dies as it writes the order, as it writes to the outbox, and as it commits.
  const written = service.order('written');
  await lab.act('insert', async () => {
    const point = await lab.freeze({ table: 'orders', on: 'insert', when: ofOrder(written) });
    met('insert', await crashAt(service, point, written), written);
  });
  const boxed = service.order('boxed');
  if (usesOutbox)
    await lab.act('outbox', async () => {
      const point = await lab.freeze({ table: 'outbox', on: 'insert', when: inOutbox(boxed) });
      met('outbox', await crashAt(service, point, boxed, service.order('beside')), boxed);
    });
  const done = service.order('done');
  const slow = service.order('slow');
  await lab.act('commit', async () =>
    met('commit', await crashAtCommit(service, done, slow, service.order('unnoted')), done),
  );

  // It lives on, and its sessions are lost as it commits: nobody but the database knows.
  await lab.act('session-lost', async () => {
    for (const moment of ['lost-before-commit', 'lost-after-commit'] as const) {
      const order = service.order(moment);
      met(moment, await loseSession(service, moment, order), order);
    }
  });

  // One event is refused; the api alone is without a broker; then everybody is.
  const refused = service.order('refused');
  await lab.act('refused', async () => met('refused', await refuseOnce(service, refused), refused));
  await lab.act('api-cut-off', () => cutOffApi(service));
  if (poison === 'one') await lab.act('never-taken', () => neverTake(service));
  const backlog = { orders: Math.min(orders, mostBacklog), users };
  await lab.act('outage', async () => {
    if (usesOutbox) await lengthenNumbers(lab, Math.ceil(backlog.orders / 2));
    met('outage', await duringOutage(service, outage, backlog));
  });

  // Everything dies once an event is with the broker, and before anybody here knows. An order comes
  // while no relay runs, and after it nothing that would wake one. Before, what has piled up goes.
  const published = service.order('published');
  const meanwhile = service.order('meanwhile');
  await lab.act('published', async () => {
    if (usesOutbox) await service.bring(await service.committed(), quietMs);
    met('mark', await crashAfterPublish(service, published, meanwhile), published);
  });

  // Where the next case may kill the broker, none is to wait at it.
  if (outage === 'unreachable') lab.letNextBegin();
  await service.bring(await service.committed());
  await service.stop();
  await observer.stop();
  const rows = await service.committed();
  lab.note('final', { orders: rows, outboxUsed: usesOutbox } satisfies Final);
}

/** What is no order is refused, and one that comes again is the same order. */
async function askAgain(service: Service): Promise<void> {
  await service.askForNonsense();
  const again = service.order('mañana');
  await service.place(again);
  await service.seen([again], eventWithinMs);
  await service.place(again);
  // The customer orders the same once more, and an impatient client asks twice at once.
  const { customer, amount } = again;
  for (const alike of [service.order('alike', customer), service.order('alike', customer)])
    await service.place({ ...alike, amount });
  await placeTwice(service, service.order('twice'));
}

/** Both requests have looked, and found nothing, when the first goes on. */
async function placeTwice(service: Service, order: Order): Promise<void> {
  const point = await service.lab.freeze({ table: 'orders', on: 'insert', when: ofOrder(order) });
  const pending = service.placeAtOnce([order, order]);
  // Who lets one in at a time has only one there.
  await point.reached(2, togetherWithinMs);
  await point.release();
  await pending;
}

/** A consumer of the lab's own, bound before any program starts. */
async function observeEvents(broker: Broker): Promise<Observer> {
  await broker.declareExchange(exchange, 'topic');
  await broker.declareQueue(observed);
  await broker.bindQueue(observed, exchange, '#');
  return broker.observe(observed);
}
