import { choice, defineKata, integer } from '../../src/kata/index.js';
import { acts } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-0',
  item: 'm1.b1.kata-0',
  title: { en: 'Mini Orders service', es: 'Mini servicio Orders' },
  conditions: ({ orders, users, restart }) => ({
    en: `${orders} orders by ${users} users on two replicas, one retried, a restart (${restart}) in the middle`,
    es: `${orders} pedidos de ${users} usuarios en dos réplicas, uno reintentado, un reinicio (${restart}) en medio`,
  }),
  services: ['postgres'],
  routes: ['POST /orders', 'GET /orders/{order}'],
  languages: ['node', 'go'],
  strategies: {
    memory: { en: 'orders in a map of the process', es: 'pedidos en un mapa del proceso' },
    database: { en: 'orders in the database', es: 'pedidos en la base de datos' },
  },
  costs: {
    database: {
      en: 'a round trip to the database for every order',
      es: 'un viaje a la base de datos por cada pedido',
    },
  },
  predict: {
    strategy: 'memory',
    figure: 'rows',
    question: {
      en: 'Two replicas, each with its orders in memory: after the run, how many rows will the database have?',
      es: 'Dos réplicas, cada una con sus pedidos en memoria: al acabar, ¿cuántas filas tendrá la base de datos?',
    },
  },
  defaultStrategy: 'memory',
  options: {
    orders: integer({
      default: 60,
      min: 2,
      max: 2_000,
      help: {
        en: 'orders in all, half of them before the restart',
        es: 'pedidos en total, la mitad antes del reinicio',
      },
    }),
    users: integer({
      default: 10,
      min: 2,
      max: 1_000,
      help: { en: 'users at once', es: 'usuarios a la vez' },
    }),
    restart: choice(['stop', 'kill'], {
      default: 'stop',
      help: {
        en: 'how the replicas end in the middle: stop (SIGTERM) or kill (SIGKILL, a crash)',
        es: 'cómo terminan las réplicas en medio: stop (SIGTERM) o kill (SIGKILL, una caída)',
      },
    }),
  },
  lesson: [{ strategy: 'memory' }, { strategy: 'database' }],
  expect: (strategy) =>
    strategy === 'memory'
      ? {
          verdict: 'violated',
          by: 'readable-from-every-replica',
          with: ['survives-the-restart'],
        }
      : { verdict: 'holds' },
  columns: [
    { figure: 'rows', head: { en: 'rows', es: 'filas' } },
    { figure: 'calls', head: { en: 'calls', es: 'llamadas' } },
    { figure: 'repeatedCalls', head: { en: 'repeated calls', es: 'llamadas repetidas' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: which order did the witness lose, who had acknowledged it, and where did it live at that moment? What exactly is the state of this service?',
      es: 'Con mis palabras: ¿qué pedido perdió el testigo, quién lo había confirmado y dónde vivía en ese momento? ¿Cuál es exactamente el estado de este servicio?',
    },
    tradeOffs: {
      en: 'The side effects of one POST /orders: which rows and which calls? Which of them happened twice for the retried order, which only once, and why? Where is the order of the two dangerous?',
      es: 'Los efectos secundarios de un POST /orders: ¿qué filas y qué llamadas? ¿Cuáles ocurrieron dos veces con el pedido reintentado, cuáles solo una, y por qué? ¿Dónde es peligroso el orden entre ambos?',
    },
    realWorld: {
      en: 'Which services that I know are stateless, and where does their state live instead? What would break tomorrow with a second replica or a restart (sessions, caches, uploads, timers)?',
      es: '¿Qué servicios que conozco son stateless, y dónde vive entonces su estado? ¿Qué se rompería mañana con una segunda réplica o un reinicio (sesiones, cachés, ficheros subidos, temporizadores)?',
    },
  },
});
