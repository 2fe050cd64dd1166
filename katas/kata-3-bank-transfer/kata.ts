import { choice, defineKata, integer } from '../../src/kata/index.js';
import { acts } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';
import { brokenWith } from './rules/effects.js';

export const kata = defineKata({
  id: 'kata-3',
  item: 'm2.b1.kata-3',
  title: { en: 'Bank transfer', es: 'Transferencia bancaria' },
  conditions: ({ transfers, users, accounts }) => ({
    en: `${transfers} transfers by ${users} users at once between ${accounts} accounts, in both directions`,
    es: `${transfers} transferencias de ${users} usuarios a la vez entre ${accounts} cuentas, en ambas direcciones`,
  }),
  services: ['postgres'],
  routes: ['POST /transfers', 'GET /accounts'],
  languages: ['node', 'go'],
  strategies: {
    'no-transaction': {
      en: 'debit, credit and record, each statement on its own',
      es: 'cargo, abono y registro, cada sentencia por su cuenta',
    },
    transaction: {
      en: 'the same statements between BEGIN and COMMIT',
      es: 'las mismas sentencias entre BEGIN y COMMIT',
    },
    'ordered-locks': {
      en: 'both accounts locked first, in the order of their ids',
      es: 'las dos cuentas bloqueadas antes, en el orden de sus ids',
    },
  },
  costs: {
    transaction: {
      en: 'deadlocks between opposite transfers, and code that tries again',
      es: 'deadlocks entre transferencias opuestas, y código que reintenta',
    },
    'ordered-locks': {
      en: 'everybody waits for both rows, and every program must know the order',
      es: 'todos esperan a las dos filas, y cada programa debe conocer el orden',
    },
  },
  predict: {
    strategy: 'no-transaction',
    figure: 'vanished',
    question: {
      en: 'The process is killed between debit and credit, without a transaction: how much of 4,000 will vanish?',
      es: 'El proceso muere entre cargo y abono, sin transacción: ¿cuánto de 4.000 desaparecerá?',
    },
  },
  defaultStrategy: 'no-transaction',
  options: {
    fault: choice(['all', 'none', 'crash', 'cut'], {
      default: 'all',
      picksCase: true,
      help: {
        en: 'what happens between a debit and its credit: crash (kill -9), cut (the connection to the database), all (both) or none',
        es: 'qué pasa entre un cargo y su abono: crash (kill -9), cut (se corta la conexión con la base de datos), all (ambas cosas) o none (nada)',
      },
    }),
    isolation: choice(['read-committed', 'repeatable-read', 'serializable'], {
      default: 'read-committed',
      picksCase: true,
      help: {
        en: 'isolation level of every transaction',
        es: 'nivel de aislamiento de cada transacción',
      },
    }),
    transfers: integer({
      default: 100,
      min: 2,
      max: 10_000,
      help: {
        en: 'transfers of the crowd; every fifth request reads all accounts',
        es: 'transferencias de la multitud; una de cada cinco peticiones lee todas las cuentas',
      },
    }),
    users: integer({
      default: 10,
      min: 2,
      max: 1_000,
      help: { en: 'users at once', es: 'usuarios a la vez' },
    }),
    accounts: integer({
      default: 8,
      min: 2,
      max: 1_000,
      help: {
        en: 'accounts that the crowd uses: the fewer, the more deadlocks',
        es: 'cuentas que usa la multitud: cuantas menos, más deadlocks',
      },
    }),
    retries: integer({
      default: 100,
      min: 0,
      max: 10_000,
      help: {
        en: 'retries of a transfer before giving up with 503',
        es: 'reintentos de una transferencia antes de rendirse con 503',
      },
    }),
    thinkMs: integer({
      default: 5,
      min: 0,
      max: 1_000,
      help: {
        en: 'milliseconds between the debit and the credit',
        es: 'milisegundos entre el cargo y el abono',
      },
    }),
  },
  lesson: [
    { strategy: 'no-transaction', fault: 'none' },
    { strategy: 'no-transaction', fault: 'crash' },
    { strategy: 'no-transaction', fault: 'cut' },
    { strategy: 'transaction', fault: 'crash' },
    { strategy: 'transaction', fault: 'cut' },
    { strategy: 'transaction', fault: 'none' },
    { strategy: 'transaction', fault: 'none', isolation: 'serializable' },
    { strategy: 'ordered-locks', fault: 'none' },
  ],
  expect: (strategy, { fault }) =>
    strategy === 'no-transaction'
      ? {
          verdict: 'violated',
          // Undisturbed, the money that is on its way arrives: only readers miss it.
          by: fault === 'none' ? 'every-read-adds-up' : 'total-is-conserved',
          with: brokenWith,
        }
      : { verdict: 'holds' },
  columns: [
    { figure: 'unseen', head: { en: 'missed in a read', es: 'falta al leer' } },
    { figure: 'vanished', head: { en: 'vanished', es: 'perdido' } },
    { figure: 'deadlocks', head: { en: 'deadlocks', es: 'deadlocks' } },
    { figure: 'retries', head: { en: 'retries', es: 'reintentos' } },
  ],

  acts,
  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: which two statements did the crash come between, what was already written, and who was told what? What did asking again with the same id do, and why?',
      es: 'Con mis palabras: ¿entre qué dos sentencias ocurrió la caída, qué estaba ya escrito, y qué se le dijo a quién? ¿Qué hizo pedir otra vez con el mismo id, y por qué?',
    },
    tradeOffs: {
      en: 'Deadlocks retried against locks in order: who waits, who repeats work, and what does each level of isolation cost? What would change with a thousand accounts, or with one that everybody pays into?',
      es: 'Deadlocks reintentados contra locks en orden: ¿quién espera, quién repite trabajo, y qué cuesta cada nivel de aislamiento? ¿Qué cambiaría con mil cuentas, o con una en la que todo el mundo paga?',
    },
    realWorld: {
      en: 'Where do I write to two rows, two tables or two systems that must agree? For which of them is one transaction possible, and what do I do where the two are in different databases?',
      es: '¿Dónde escribo en dos filas, dos tablas o dos sistemas que deben coincidir? ¿En cuáles cabe una transacción, y qué hago cuando están en bases de datos distintas?',
    },
  },
});
