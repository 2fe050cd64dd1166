import { defineKata, integer } from '../../src/kata/index.js';
import { acts } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-5',
  item: 'm2.b2.kata-5',
  title: { en: 'POST /pay with Idempotency-Key', es: 'POST /pay con Idempotency-Key' },
  conditions: ({ payments, requests }) => ({
    en: `lost answers, ${requests} requests at once with one key, crashes; then ${payments} payments undisturbed`,
    es: `respuestas perdidas, ${requests} peticiones a la vez con una clave, caídas; después ${payments} pagos sin percances`,
  }),
  services: ['postgres'],
  routes: ['POST /pay'],
  languages: ['node', 'go'],
  strategies: {
    none: { en: 'ignore the key', es: 'ignorar la clave' },
    'check-then-insert': {
      en: 'look whether the key is there, then charge and write it down',
      es: 'mirar si la clave está; si no, cobrar y apuntarla',
    },
    'unique-key': {
      en: 'write the key first, under a unique index',
      es: 'escribir primero la clave, bajo un índice único',
    },
    'stored-response': {
      en: 'key, charge and answer in one transaction',
      es: 'clave, cargo y respuesta en una transacción',
    },
  },
  costs: {
    'unique-key': {
      en: 'who lost the answer cannot get it again',
      es: 'quien perdió la respuesta no puede recuperarla',
    },
    'stored-response': {
      en: 'every answer is stored, and somebody must clear them away',
      es: 'cada respuesta se guarda, y alguien debe limpiarlas',
    },
  },
  predict: {
    strategy: 'none',
    figure: 'chargedTwice',
    question: {
      en: 'Answers get lost and clients try again, and the key is ignored: how many payments will be charged twice?',
      es: 'Se pierden respuestas y los clientes reintentan, y la clave se ignora: ¿cuántos pagos se cobrarán dos veces?',
    },
  },
  defaultStrategy: 'none',
  options: {
    payments: integer({
      default: 200,
      min: 0,
      max: 100_000,
      help: {
        en: 'payments with keys of their own once nothing goes wrong any more: what the key costs',
        es: 'pagos con clave propia cuando ya nada sale mal: lo que cuesta la clave',
      },
    }),
    requests: integer({
      default: 10,
      min: 2,
      max: 1_000,
      help: { en: 'requests at once with one key', es: 'peticiones a la vez con una clave' },
    }),
    keyTtlMs: integer({
      default: 300,
      min: 100,
      max: 60_000,
      help: {
        en: 'milliseconds until a key expires, in the part that is about it; a day before',
        es: 'milisegundos hasta que una clave caduca, en la parte que trata de ello; antes, un día',
      },
    }),
  },
  lesson: [
    { strategy: 'none' },
    { strategy: 'check-then-insert' },
    { strategy: 'unique-key' },
    { strategy: 'stored-response' },
  ],
  expect(strategy) {
    switch (strategy) {
      case 'none':
        return {
          verdict: 'violated',
          by: 'one-charge-a-key',
          with: ['same-answer', 'other-payload-refused'],
        };
      case 'check-then-insert':
        return {
          verdict: 'violated',
          by: 'one-charge-a-key',
          // Which of two payments a retry finds is a matter of luck.
          with: ['same-answer', 'retry-is-answered', 'other-payload-refused'],
        };
      case 'unique-key':
        return { verdict: 'violated', by: 'same-answer', with: ['retry-is-answered'] };
      default:
        return { verdict: 'holds' };
    }
  },
  columns: [
    { figure: 'charges', head: { en: 'charges', es: 'cargos' } },
    { figure: 'chargedTwice', head: { en: 'charged twice', es: 'cobradas dos veces' } },
    { figure: 'differing', head: { en: 'answers differ', es: 'respuestas distintas' } },
    { figure: 'conflicts', head: { en: '409 at once', es: '409 a la vez' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: which payment was charged twice, what had its client heard the first time, and why was asking again the right thing for it to do?',
      es: 'Con mis palabras: ¿qué pago se cobró dos veces, qué había oído su cliente la primera vez, y por qué hacía bien en pedir otra vez?',
    },
    tradeOffs: {
      en: 'What does the key cost (statements, rows, latency)? How long should it be remembered, and what happens to whoever asks again later? Wait for the first request, or answer 409?',
      es: '¿Qué cuesta la clave (sentencias, filas, latencia)? ¿Cuánto tiempo hay que recordarla, y qué le pasa a quien pide otra vez más tarde? ¿Esperar a la primera petición, o responder 409?',
    },
    realWorld: {
      en: 'Where do my systems repeat requests (clients, queues, cron, people pressing twice)? Which effects leave my database (e-mails, card networks), and who there accepts a key of mine?',
      es: '¿Dónde repiten peticiones mis sistemas (clientes, colas, cron, personas que pulsan dos veces)? ¿Qué efectos salen de mi base de datos (correos, redes de tarjetas), y quién acepta allí una clave mía?',
    },
  },
});
