import { choice, defineKata, integer } from '../../src/kata/index.js';
import { acts, queue } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

const options = {
  first: choice(['mark', 'effect'], {
    default: 'mark',
    picksCase: true,
    help: {
      en: 'which of its two transactions dedup-separate runs first',
      es: 'cuál de sus dos transacciones hace primero dedup-separate',
    },
  }),
  messages: integer({
    default: 200,
    min: 1,
    max: 100_000,
    help: { en: 'payments in the first flood', es: 'pagos en la primera avalancha' },
  }),
  duplicates: integer({
    default: 20,
    min: 0,
    max: 100,
    help: {
      en: 'copies that the publisher sends, in percent of the payments',
      es: 'copias que envía el publicador, en porcentaje de los pagos',
    },
  }),
  prefetch: integer({
    default: 20,
    min: 1,
    max: 1_000,
    help: {
      en: 'messages that a worker has in hand at once',
      es: 'mensajes que un worker tiene entre manos a la vez',
    },
  }),
};

export const kata = defineKata({
  id: 'kata-6',
  item: 'm2.b2.kata-6',
  title: { en: 'Idempotent worker', es: 'Worker idempotente' },
  conditions: ({ messages, duplicates }) => ({
    en: `${messages} payments, ${duplicates} % of them twice; a cut, crashes, two workers`,
    es: `${messages} pagos, un ${duplicates} % por duplicado; un corte, caídas, dos workers`,
  }),
  services: ['postgres', 'rabbitmq'],
  queue,
  languages: ['node', 'go', 'python', 'java', 'rust'],
  strategies: {
    naive: { en: 'take the payment, acknowledge', es: 'cobrar, dar ack al mensaje' },
    'dedup-separate': {
      en: 'remember messages, in a transaction of its own',
      es: 'recordar los mensajes, en una transacción aparte',
    },
    'dedup-table': {
      en: 'remember messages in the transaction of the effect (inbox)',
      es: 'recordar los mensajes en la transacción del efecto (inbox)',
    },
    'natural-key': {
      en: 'an effect that can exist only once (ON CONFLICT)',
      es: 'un efecto que solo puede existir una vez (ON CONFLICT)',
    },
  },
  costs: {
    'dedup-table': {
      en: 'a table that grows with every message, and a write more each',
      es: 'una tabla que crece con cada mensaje, y una escritura más en cada uno',
    },
    'natural-key': {
      en: 'needs an effect that has a key of its own',
      es: 'hace falta un efecto que tenga clave propia',
    },
  },
  predict: {
    strategy: 'naive',
    figure: 'doubled',
    question: {
      en: 'Messages come twice, workers crash, and nothing remembers them: how many payments will be taken twice?',
      es: 'Llegan mensajes repetidos, caen workers y nada los recuerda: ¿cuántos pagos se cobrarán dos veces?',
    },
  },
  defaultStrategy: 'naive',
  options,
  lesson: [
    { strategy: 'naive' },
    { strategy: 'dedup-separate', first: 'mark' },
    { strategy: 'dedup-separate', first: 'effect' },
    { strategy: 'dedup-table' },
    { strategy: 'natural-key' },
  ],
  expect: (strategy, { first }) => {
    if (strategy === 'naive') return { verdict: 'violated', by: 'effect-once', with: [] };
    if (strategy !== 'dedup-separate') return { verdict: 'holds' };
    // A copy that finds the mark is acknowledged while the payment itself is still to come.
    return first === 'mark'
      ? { verdict: 'violated', by: 'none-lost', with: ['acks-after-effect'] }
      : { verdict: 'violated', by: 'effect-once', with: [] };
  },
  columns: [
    { figure: 'published', head: { en: 'published', es: 'publicados' } },
    { figure: 'deliveries', head: { en: 'deliveries', es: 'entregas' } },
    { figure: 'redelivered', head: { en: 'redelivered', es: 'reentregas' } },
    { figure: 'doubled', head: { en: 'doubled', es: 'dobles' } },
    { figure: 'lost', head: { en: 'lost', es: 'perdidos' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: which delivery charged the payment of the witness first, which one again, and why did the broker deliver it twice?',
      es: 'Con mis palabras: ¿qué entrega cobró primero el pago del testigo, cuál lo cobró otra vez, y por qué lo entregó dos veces el broker?',
    },
    tradeOffs: {
      en: 'Inbox or natural key? What does each cost in writes and in cleaning up, and what happens when the publisher sends the same payment under a new message id?',
      es: '¿Inbox o clave natural? ¿Qué cuesta cada uno en escrituras y en limpieza, y qué pasa si el publicador envía el mismo pago con otro id de mensaje?',
    },
    realWorld: {
      en: 'Which of my effects are not in the database (an e-mail, a call to a bank)? What would make each of them harmless the second time?',
      es: '¿Cuáles de mis efectos no están en la base de datos (un correo, una llamada a un banco)? ¿Qué haría inofensiva la segunda vez de cada uno?',
    },
  },
});
