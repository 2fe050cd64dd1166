import { choice, defineKata, integer } from '../../src/kata/index.js';
import { acts, messages, queue } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-13',
  item: 'm5.b2.kata-13',
  title: { en: 'End-to-end trace', es: 'Traza de punta a punta' },
  conditions: ({ requests }) => ({
    en: `${requests} orders at once; contexts of all kinds, a failure, a lock, unknown paths, a SIGTERM`,
    es: `${requests} pedidos a la vez; contextos de todo tipo, un fallo, un bloqueo, rutas desconocidas, un SIGTERM`,
  }),
  services: ['postgres', 'rabbitmq', 'prometheus'],
  servicesFor: ({ slo }) =>
    slo === 'on' ? ['postgres', 'rabbitmq', 'prometheus'] : ['postgres', 'rabbitmq'],
  telemetry: true,
  languages: ['node', 'go'],
  programs: {
    api: {
      title: { en: 'The edge', es: 'La entrada' },
      languages: ['node', 'go'],
      services: ['rabbitmq'],
      clientRoutes: ['POST /orders', 'GET /metrics'],
    },
    worker: {
      title: { en: 'The worker', es: 'El trabajador' },
      languages: ['node', 'go'],
      clientRoutes: ['GET /metrics'],
      queue,
    },
  },
  messages,
  strategies: {
    blind: {
      en: 'lines of text, and nothing that joins them',
      es: 'líneas de texto, y nada que las una',
    },
    'http-only': {
      en: 'traces and ids that end where the message begins',
      es: 'trazas e ids que acaban donde empieza el mensaje',
    },
    full: {
      en: 'one thread from the request to the row',
      es: 'un solo hilo de la petición a la fila',
    },
  },
  costs: {
    full: {
      en: 'a few headers, some lines in each service, and somebody who keeps the spans',
      es: 'unas cabeceras, unas líneas en cada servicio y alguien que guarde los spans',
    },
  },
  predict: {
    strategy: 'full',
    figure: 'queueShare',
    question: {
      en: 'Many orders come at once. Of the time from request to row, how many percent does an order lie in the queue?',
      es: 'Llegan muchos pedidos a la vez. Del tiempo de la petición a la fila, ¿qué porcentaje pasa un pedido en la cola?',
    },
  },
  defaultStrategy: 'full',
  options: {
    requests: integer({
      default: 200,
      min: 20,
      max: 5_000,
      help: { en: 'orders at once', es: 'pedidos a la vez' },
    }),
    slo: choice(['off', 'on'], {
      default: 'off',
      picksCase: true,
      help: {
        en: 'on: a service level objective, asked of Prometheus, and whom it calls',
        es: 'on: un objetivo de nivel de servicio, preguntado a Prometheus, y a quién avisa',
      },
    }),
  },
  lesson: [{ strategy: 'blind' }, { strategy: 'http-only' }, { strategy: 'full' }],
  expect(strategy) {
    if (strategy === 'blind')
      return {
        verdict: 'violated',
        by: 'one-graph-a-request',
        with: [
          ...['request-id-everywhere', 'logs-are-json', 'nothing-is-lost-at-shutdown'],
          ...['the-clients-context-goes-on', 'an-invalid-context-is-replaced'],
          ...['not-sampled-is-handed-on', 'errors-are-marked', 'a-redelivery-is-a-span'],
          'the-slow-statement-shows',
        ],
      };
    if (strategy === 'http-only')
      return {
        verdict: 'violated',
        by: 'one-graph-a-request',
        with: [...['request-id-everywhere', 'not-sampled-is-handed-on'], 'a-redelivery-is-a-span'],
      };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'spans', head: { en: 'spans', es: 'spans' } },
    { figure: 'whole', head: { en: 'whole %', es: 'enteras %' } },
    { figure: 'httpMs', head: { en: 'HTTP ms', es: 'HTTP ms' } },
    { figure: 'queueMs', head: { en: 'queue', es: 'cola' } },
    { figure: 'workMs', head: { en: 'work', es: 'trabajo' } },
    { figure: 'databaseMs', head: { en: 'database', es: 'base' } },
  ],
  acts,
  experiment,
  check,
  questions: {
    problem: {
      en: 'In my own words: with the logs of `blind` alone, what could I say of one order that somebody asks me about?',
      es: 'Con mis palabras: solo con los logs de `blind`, ¿qué podría decir de un pedido por el que me preguntan?',
    },
    tradeOffs: {
      en: 'What did I leave out of spans and logs, and why? What would I sample, and which traces would I then miss?',
      es: '¿Qué dejé fuera de spans y logs, y por qué? ¿Qué muestrearía, y qué trazas perdería entonces?',
    },
    realWorld: {
      en: 'Where in my systems does the thread break today: at a queue, a cron job, a third party? How would I notice?',
      es: '¿Dónde se corta hoy el hilo en mis sistemas: en una cola, un cron, un tercero? ¿Cómo lo notaría?',
    },
  },
});
