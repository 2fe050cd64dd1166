import { choice, defineKata, integer } from '../../src/kata/index.js';
import { acts } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-10',
  item: 'm3.b2.kata-10',
  title: { en: 'Outbox', es: 'Outbox' },
  conditions: ({ orders, users }) => ({
    en: `${orders} orders by ${users} customers at once, then crashes, lost sessions, a broker that refuses, and one that is down`,
    es: `${orders} pedidos de ${users} clientes a la vez; después, caídas, sesiones perdidas, un broker que rechaza y otro que no está`,
  }),
  services: ['postgres', 'rabbitmq'],
  routes: ['POST /orders'],
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
  costs: {
    'publish-first': {
      en: 'events of orders that never were',
      es: 'eventos de pedidos que nunca existieron',
    },
    'outbox-naive': {
      en: 'events skipped for good where transactions end in another order',
      es: 'eventos saltados para siempre si las transacciones acaban en otro orden',
    },
    outbox: {
      en: 'a table more, a relay that must run, a delay, and events that may come twice',
      es: 'una tabla más, un relay que debe correr, un retraso y eventos que pueden llegar dos veces',
    },
  },
  predict: {
    strategy: 'dual-write',
    figure: 'lost',
    question: {
      en: 'Orders are committed, then published, and the process crashes at six points: how many events will be lost?',
      es: 'Los pedidos se guardan y luego se publican, y el proceso cae en seis puntos: ¿cuántos eventos se perderán?',
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
    poison: choice(['none', 'one'], {
      default: 'none',
      help: {
        en: 'one: an event that the broker always refuses is among them',
        es: 'one: hay un evento que el broker rechaza siempre',
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

  acts,
  experiment,
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
