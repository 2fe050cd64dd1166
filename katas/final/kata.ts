import { defineKata, integer } from '../../src/kata/index.js';
import { acts, actsOfLesson, messages, sequence } from './contract.js';
import { experiment } from './experiment.js';
import { requirements } from './contract/requirements.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'final',
  requirements,
  title: { en: 'The shop', es: 'La tienda' },
  conditions: ({ orders, users, deadlineMs, rate, burst }) => ({
    en: `${orders} orders, ${users} at once, through four services; deadline ${deadlineMs} ms, ${rate} a second and ${burst} at once for each client; then everything that can go wrong`,
    es: `${orders} pedidos, ${users} a la vez, por cuatro servicios; plazo de ${deadlineMs} ms, ${rate} por segundo y ${burst} a la vez por cliente; después, todo lo que puede ir mal`,
  }),
  services: ['postgres', 'rabbitmq'],
  telemetry: true,
  languages: ['node', 'go', 'rust', 'python'],
  programs: {
    orders: {
      title: { en: 'Orders', es: 'Pedidos' },
      languages: ['node', 'go'],
      clientRoutes: ['POST /orders', 'GET /orders/{id}', 'GET /metrics'],
      queue: 'orders',
    },
    payments: {
      title: { en: 'Payments', es: 'Pagos' },
      languages: ['go', 'node'],
      clientRoutes: ['GET /metrics'],
      queue: 'payments',
    },
    inventory: {
      title: { en: 'Inventory', es: 'Inventario' },
      languages: ['rust', 'node', 'go'],
      clientRoutes: ['GET /metrics'],
      queue: 'inventory',
    },
    shipping: {
      title: { en: 'Shipping', es: 'Envíos' },
      languages: ['python', 'node', 'go'],
      clientRoutes: ['GET /metrics'],
      queue: 'shipping',
    },
  },
  strategies: {
    'happy-path': {
      en: 'what most write first: good on calm days',
      es: 'lo que casi todos escriben primero: bueno en días tranquilos',
    },
    shop: {
      en: 'all seven requirements, in four small services',
      es: 'los siete requisitos, en cuatro servicios pequeños',
    },
  },
  costs: {
    shop: {
      en: 'a row and a lock for every message, and a poll for every promise',
      es: 'una fila y un bloqueo por mensaje, y una ronda por cada promesa',
    },
  },
  defaultStrategy: 'shop',
  options: {
    orders: integer({
      default: 40,
      min: 4,
      max: 2_000,
      help: { en: 'orders of the calm day', es: 'pedidos del día tranquilo' },
    }),
    users: integer({
      default: 8,
      min: 1,
      max: 50,
      help: { en: 'orders that are placed at once', es: 'pedidos que se hacen a la vez' },
    }),
    deadlineMs: integer({
      default: 3_000,
      min: 1_000,
      max: 30_000,
      help: {
        en: 'after so long a pending order is given up',
        es: 'pasado este tiempo se abandona un pedido pendiente',
      },
    }),
    rate: integer({
      default: 20,
      min: 10,
      max: 40,
      help: { en: 'orders a second of each client', es: 'pedidos por segundo de cada cliente' },
    }),
    burst: integer({
      default: 20,
      min: 12,
      max: 40,
      help: { en: 'and so many at once', es: 'y tantos a la vez' },
    }),
    timeoutMs: integer({
      default: 400,
      min: 200,
      max: 1_000,
      help: {
        en: 'how long the provider and the carrier are waited for',
        es: 'cuánto se espera al proveedor y al transportista',
      },
    }),
    breakerFailures: integer({
      default: 5,
      min: 2,
      max: 10,
      help: {
        en: 'so many failures in a row open a breaker',
        es: 'tantos fallos seguidos abren un breaker',
      },
    }),
    breakerOpenMs: integer({
      default: 500,
      min: 200,
      max: 2_000,
      help: {
        en: 'so long an open breaker lets nobody through',
        es: 'cuánto tiempo un breaker abierto no deja pasar a nadie',
      },
    }),
  },
  lesson: [{ strategy: 'happy-path' }, { strategy: 'shop' }],
  lessonActs: actsOfLesson,
  expect(strategy) {
    if (strategy === 'happy-path')
      return {
        verdict: 'violated',
        by: 'rejected-keeps-nothing',
        with: [
          ...['books-are-even', 'one-order-a-key', 'same-answer', 'asks-with-a-key'],
          ...['refuses-rightly', 'refused-is-not-stored', 'effect-once', 'taken-is-kept'],
          ...['one-graph-an-order', 'the-clients-context-goes-on', 'request-id-everywhere'],
          ...['logs-are-json', 'clients-keep-their-limit', 'effects-as-ordered'],
          // It tells after the commit, and nobody looks after an order whose command was lost.
          ...['state-change-has-its-event', 'every-order-ends', 'rejected-has-a-cause'],
          ...['confirmed-has-all-three', 'given-up-in-time', 'nothing-is-lost-at-shutdown'],
          // With neither breaker nor time-out.
          ...['spares-what-is-down', 'asks-again'],
        ],
      };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'confirmed', head: { en: 'confirmed', es: 'confirmados' } },
    { figure: 'rejected', head: { en: 'rejected', es: 'rechazados' } },
    { figure: 'pending', head: { en: 'left pending', es: 'sin terminar' } },
    { figure: 'compensations', head: { en: 'undone', es: 'deshechos' } },
    { figure: 'confirmedP50', head: { en: 'confirmed p50 ms', es: 'confirmado p50 ms' } },
    { figure: 'confirmedP95', head: { en: 'p95', es: 'p95' } },
    { figure: 'ordersPerSecond', head: { en: 'orders/s', es: 'pedidos/s' } },
    {
      figure: 'killedMs',
      head: { en: 'again after kill ms', es: 'otra vez tras kill ms' },
    },
    { figure: 'memoryMb', head: { en: 'memory of all MB', es: 'memoria de todo MB' } },
  ],
  acts,
  messages,
  sequence,

  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: which of the seven requirements did my first version break, and what did it cost whom?',
      es: 'Con mis palabras: ¿cuál de los siete requisitos rompió mi primera versión, y qué le costó a quién?',
    },
    tradeOffs: {
      en: 'Which service would I write in which language, and which of my own figures say so? What would be simpler as one program with one database?',
      es: '¿Qué servicio escribiría en qué lenguaje, y qué cifras mías lo dicen? ¿Qué sería más simple como un solo programa con una sola base?',
    },
    realWorld: {
      en: 'Which of these acts has never been tried in a system of mine? What would I see of it at night?',
      es: '¿Cuál de estos actos nunca se ha probado en un sistema mío? ¿Qué vería de él de noche?',
    },
  },
});
