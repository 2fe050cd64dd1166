import { choice, defineKata, integer } from '../../src/kata/index.js';
import { experiment } from './experiment.js';
import { acts } from './contract.js';
import { check } from './rules.js';

const options = {
  isolation: choice(['read-committed', 'repeatable-read', 'serializable'], {
    default: 'read-committed',
    picksCase: true,
    help: {
      en: 'isolation level of every transaction',
      es: 'nivel de aislamiento de cada transacción',
    },
  }),
  buyers: integer({
    default: 100,
    min: 1,
    max: 10_000,
    help: {
      en: 'buyers who want one unit each, all at once',
      es: 'compradores que quieren una unidad cada uno, todos a la vez',
    },
  }),
  stock: integer({
    default: 10,
    min: 0,
    max: 10_000,
    help: { en: 'units in stock at the start', es: 'unidades en stock al comienzo' },
  }),
  retries: integer({
    default: 50,
    min: 0,
    max: 10_000,
    help: {
      en: 'retries of a transaction before giving up with 503',
      es: 'reintentos de una transacción antes de rendirse con 503',
    },
  }),
  thinkMs: integer({
    default: 5,
    min: 0,
    max: 10_000,
    help: {
      en: 'milliseconds between reading the stock and writing it',
      es: 'milisegundos entre leer el stock y escribirlo',
    },
  }),
};

export const kata = defineKata({
  id: 'kata-4',
  item: 'm2.b1.kata-4',
  title: { en: 'Over-selling', es: 'Over-selling (sobreventa)' },
  conditions: ({ buyers, stock }) => ({
    en: `${buyers} buyers at once, ${stock} in stock`,
    es: `${buyers} compradores a la vez, ${stock} en stock`,
  }),
  services: ['postgres'],
  routes: ['POST /purchases'],
  languages: ['node', 'go'],
  strategies: {
    naive: { en: 'read, decide, write', es: 'leer, decidir, escribir' },
    pessimistic: {
      en: 'lock the row while deciding (FOR UPDATE)',
      es: 'bloquear la fila mientras se decide (FOR UPDATE)',
    },
    optimistic: {
      en: 'write only if the version is still the one read',
      es: 'escribir solo si la versión sigue siendo la leída',
    },
    atomic: {
      en: 'decide and write in one conditional UPDATE',
      es: 'decidir y escribir en un solo UPDATE condicional',
    },
  },
  costs: {
    pessimistic: {
      en: 'buyers wait in line, each holding a connection',
      es: 'los compradores hacen cola, cada uno con una conexión ocupada',
    },
    optimistic: {
      en: 'work thrown away and done again: many retries where many want the same',
      es: 'trabajo tirado y repetido: muchos reintentos donde muchos quieren lo mismo',
    },
    atomic: {
      en: 'the decision must fit into one UPDATE',
      es: 'la decisión debe caber en un solo UPDATE',
    },
  },
  predict: {
    strategy: 'naive',
    figure: 'sold',
    question: {
      en: '100 buyers, 10 in stock: how many will be sold?',
      es: '100 compradores, 10 en stock: ¿cuántas se venderán?',
    },
  },
  defaultStrategy: 'naive',
  options,
  lesson: [
    { strategy: 'naive', isolation: 'read-committed' },
    { strategy: 'naive', isolation: 'repeatable-read' },
    { strategy: 'naive', isolation: 'serializable' },
    { strategy: 'pessimistic', isolation: 'read-committed' },
    { strategy: 'optimistic', isolation: 'read-committed' },
    { strategy: 'atomic', isolation: 'read-committed' },
  ],
  // Under repeatable read and serializable PostgreSQL refuses the second writer (40001).
  expect: (strategy, { isolation, buyers, stock }) =>
    strategy === 'naive' && isolation === 'read-committed'
      ? {
          verdict: 'violated',
          by: buyers > stock ? 'no-overselling' : 'stock-equals-initial-minus-rows',
          with: ['no-overselling', 'stock-equals-initial-minus-rows'],
        }
      : { verdict: 'holds' },
  columns: [
    { figure: 'sold', head: { en: 'sold', es: 'vendidas' } },
    { figure: 'oversold', head: { en: 'oversold', es: 'de más' } },
    { figure: 'retries', head: { en: 'retries', es: 'reintentos' } },
  ],

  acts,
  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: what did the two buyers of the witness read and write, in which order, and why did a transaction not stop them?',
      es: 'Con mis palabras: ¿qué leyeron y escribieron los dos compradores del testigo, en qué orden, y por qué no los detuvo una transacción?',
    },
    tradeOffs: {
      en: 'Who waits, who retries, and who holds a connection meanwhile? Which cure is the fastest here, and which would it be with a thousand different products?',
      es: '¿Quién espera, quién reintenta, y quién ocupa una conexión mientras tanto? ¿Qué cura es la más rápida aquí, y cuál lo sería con mil productos distintos?',
    },
    realWorld: {
      en: 'Where else do I read, decide and write (seats, balances, coupons)? Which cure would I choose there, and what would show me that it is needed?',
      es: '¿Dónde más leo, decido y escribo (butacas, saldos, cupones)? ¿Qué cura elegiría allí, y qué me mostraría que hace falta?',
    },
  },
});
