import { choice, defineKata, integer } from '../../src/kata/index.js';
import type { Broker, Database, Observer } from '../../src/kata/index.js';
import { check } from './rules.js';
import { crashAfterPublish, crashAt, crashAtPublish } from './experiment/crashes.js';
import { commitLate, inOutbox, ofOrder } from './experiment/late-commit.js';
import { duringOutage } from './experiment/outage.js';
import { eventWithinMs, Service } from './experiment/service.js';
import { exchange, type Final, type Moment, type Order } from './story.js';

const observed = 'plan.observed';
/** Orders that pile up while the broker is down; longer than this teaches nothing more. */
const mostBacklog = 1_000;
/** About so many orders come between the measured load and the backlog. */
const beforeBacklog = 10;
/** A relay that has brought nothing for so long has nothing more, or will never bring it. */
const quietMs = 2_000;

export const kata = defineKata({
  id: 'kata-10',
  item: 'm3.b2.kata-10',
  title: { en: 'Outbox', es: 'Outbox' },
  conditions: ({ orders, users }) => ({
    en: `${orders} orders by ${users} customers at once, then crashes at five points and a broker that is down`,
    es: `${orders} pedidos de ${users} clientes a la vez; después, caídas en cinco puntos y un broker caído`,
  }),
  services: ['postgres', 'rabbitmq'],
  languages: ['node', 'go'],
  strategies: {
    'dual-write': {
      en: 'commits the order, then publishes',
      es: 'guarda el pedido y después publica',
    },
    'publish-first': {
      en: 'publishes, then commits the order',
      es: 'publica y después guarda el pedido',
    },
    'outbox-naive': {
      en: 'an outbox, read by position > last',
      es: 'un outbox, leído con position > último',
    },
    outbox: {
      en: 'an outbox, read up to the oldest open transaction',
      es: 'un outbox, leído hasta la transacción abierta más antigua',
    },
  },
  defaultStrategy: 'dual-write',
  options: {
    orders: integer({
      default: 200,
      min: 1,
      max: 100_000,
      help: { en: 'orders of the measured load', es: 'pedidos de la carga medida' },
    }),
    users: integer({
      default: 8,
      min: 1,
      max: 200,
      help: { en: 'customers at once', es: 'clientes a la vez' },
    }),
    outage: choice(['unreachable', 'stopped', 'killed'], {
      default: 'unreachable',
      help: {
        en: 'how the broker is down: unreachable (connections break and none opens), stopped or killed',
        es: 'cómo falla el broker: unreachable (sin conexiones), stopped (parado) o killed (muerto)',
      },
    }),
  },
  lesson: [
    { strategy: 'dual-write' },
    { strategy: 'publish-first' },
    { strategy: 'outbox-naive' },
    { strategy: 'outbox' },
  ],
  expect(strategy) {
    if (strategy === 'dual-write')
      return { verdict: 'violated', by: 'no-lost-event', with: ['refused-is-not-committed'] };
    if (strategy === 'publish-first')
      return { verdict: 'violated', by: 'no-phantom-event', with: [] };
    // The load alone may make it skip some, and publish others after a later one.
    if (strategy === 'outbox-naive')
      return { verdict: 'violated', by: 'no-lost-event', with: ['order-kept'] };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'orders', head: { en: 'orders', es: 'pedidos' } },
    { figure: 'lost', head: { en: 'lost', es: 'perdidos' } },
    { figure: 'phantom', head: { en: 'phantom', es: 'fantasma' } },
    { figure: 'duplicates', head: { en: 'again', es: 'repetidos' } },
    { figure: 'refused', head: { en: 'refused', es: 'rechazados' } },
    { figure: 'lagP50', head: { en: 'lag p50 ms', es: 'retraso p50 ms' } },
    { figure: 'lagP95', head: { en: 'lag p95 ms', es: 'retraso p95 ms' } },
    { figure: 'lagP99', head: { en: 'lag p99 ms', es: 'retraso p99 ms' } },
    { figure: 'eventsPerSecond', head: { en: 'events/s', es: 'eventos/s' } },
  ],

  async experiment(lab, { orders, users, outage }) {
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
  },

  check,

  questions: {
    problem: {
      en: 'In my own words: between which two lines was the event lost, and why does swapping the two only swap the problem? Where in my systems are two things written that can fail one without the other?',
      es: 'Con mis palabras: ¿entre qué dos líneas se perdió el evento, y por qué intercambiarlas solo cambia el problema? ¿Dónde escriben mis sistemas dos cosas que pueden fallar una sin la otra?',
    },
    tradeOffs: {
      en: 'What does the outbox cost: lag, load on the database, duplicates? Who has to cope with the duplicates, and how do they recognise one?',
      es: '¿Qué cuesta el outbox: retraso, carga en la base de datos, duplicados? ¿Quién tiene que soportar los duplicados, y cómo los reconoce?',
    },
  },
});

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
