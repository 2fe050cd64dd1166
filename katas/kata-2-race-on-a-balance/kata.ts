import { defineKata, integer } from '../../src/kata/index.js';
import { acts } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-2',
  item: 'm1.b2.kata-2',
  title: { en: 'Race on a balance', es: 'Race condition en un saldo' },
  conditions: ({ users, requests, accounts, hot }) =>
    accounts === 1
      ? {
          en: `${users} users, ${requests} operations on one account`,
          es: `${users} usuarios, ${requests} operaciones en una cuenta`,
        }
      : {
          en: `${users} users, ${requests} operations on ${accounts} accounts, ${hot} % on one of them`,
          es: `${users} usuarios, ${requests} operaciones en ${accounts} cuentas, el ${hot} % en una de ellas`,
        },
  services: [],
  routes: [
    'POST /accounts/{account}/deposits',
    'POST /accounts/{account}/withdrawals',
    'GET /accounts/{account}',
  ],
  languages: ['node', 'go', 'rust', 'java'],
  strategies: {
    none: { en: 'read, compute, write: the race', es: 'leer, calcular, escribir: la carrera' },
    lock: { en: 'one lock an account', es: 'un lock por cuenta' },
    queue: {
      en: 'one owner an account, who takes messages',
      es: 'un solo dueño por cuenta, que recibe mensajes',
    },
    atomic: {
      en: 'compute first, then one indivisible step',
      es: 'calcular antes, y luego un solo paso indivisible',
    },
  },
  costs: {
    lock: {
      en: 'everybody waits for the holder, and a lock forgotten is a deadlock',
      es: 'todos esperan a quien lo tiene, y un lock olvidado es un deadlock',
    },
    queue: {
      en: 'one owner is the limit, and its queue is more memory and latency',
      es: 'el dueño único es el límite, y su cola es más memoria y latencia',
    },
    atomic: {
      en: 'works only where the change fits into one step',
      es: 'solo sirve donde el cambio cabe en un paso',
    },
  },
  predict: {
    strategy: 'none',
    figure: 'lost',
    question: {
      en: 'Everybody reads, computes and writes the same balance: how much of what was acknowledged will be lost?',
      es: 'Todos leen, calculan y escriben el mismo saldo: ¿cuánto de lo respondido con 201 se perderá?',
    },
  },
  defaultStrategy: 'none',
  options: {
    users: integer({
      default: 50,
      min: 1,
      max: 10_000,
      help: { en: 'users at once', es: 'usuarios a la vez' },
    }),
    requests: integer({
      default: 2_000,
      min: 1,
      max: 1_000_000,
      help: { en: 'operations in all', es: 'operaciones en total' },
    }),
    accounts: integer({
      default: 4,
      min: 1,
      max: 10_000,
      help: { en: 'accounts', es: 'cuentas' },
    }),
    hot: integer({
      default: 50,
      min: 0,
      max: 100,
      help: {
        en: 'percent of the operations that go to the first account (contention)',
        es: 'porcentaje de las operaciones que van a la primera cuenta (contención)',
      },
    }),
    thinkMs: integer({
      default: 1,
      min: 0,
      max: 1_000,
      help: {
        en: 'milliseconds between reading the balance and writing it',
        es: 'milisegundos entre leer el saldo y escribirlo',
      },
    }),
  },
  lesson: [
    { strategy: 'none' },
    { strategy: 'lock' },
    { strategy: 'queue' },
    { strategy: 'atomic' },
  ],
  expect: (strategy) =>
    strategy === 'none'
      ? {
          verdict: 'violated',
          by: 'nothing-lost',
          with: ['balances-are-possible', 'never-negative', 'refusals-are-justified'],
        }
      : { verdict: 'holds' },
  columns: [
    { figure: 'acknowledged', head: { en: 'acknowledged', es: 'hechas' } },
    { figure: 'lost', head: { en: 'lost', es: 'perdido' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: what did the two operations of the witness read and write, in which order? Where exactly in my code did the second one come in between?',
      es: 'Con mis palabras: ¿qué leyeron y escribieron las dos operaciones del testigo, en qué orden? ¿En qué punto exacto de mi código se coló la segunda?',
    },
    tradeOffs: {
      en: 'Lock against queue: what did each do to throughput and to p99, with one hot account and with a thousand? Who waits, where can I see the waiting, and how would I bound it?',
      es: 'Lock contra cola: ¿qué hizo cada uno con el throughput y con el p99, con una cuenta caliente y con mil? ¿Quién espera, dónde veo esa espera, y cómo le pondría un límite?',
    },
    realWorld: {
      en: 'All of these cures live in the memory of one process. What is left of each with two replicas behind a load balancer, or after a restart, and what would I use then?',
      es: 'Todas estas curas viven en la memoria de un proceso. ¿Qué queda de cada una con dos réplicas detrás de un balanceador, o tras un reinicio, y qué usaría entonces?',
    },
  },
});
