import type { MysterySpec, Text } from '../../../src/kata/index.js';
import { names } from '../contract.js';
import type { Cause } from './seal.js';

const first: Text = {
  en: 'Look at one order first, whole: where is its time? In a span, between two, or nowhere? Then at a second one that differs from it (another good, another number of parcels, earlier or later).',
  es: 'Mira primero un pedido, entero: ¿dónde está su tiempo? ¿En un span, entre dos, o en ninguna parte? Luego otro que se distinga de él (otro artículo, otro número de paquetes, antes o después).',
};

const cause = (title: Text, where: Text, nearly: Text) => ({
  title,
  hints: [first, where, nearly],
});

/** What can be hidden, and what is said to who asks for help. */
export const causeTexts: MysterySpec['causes'] & Readonly<Record<Cause, unknown>> = {
  'slow-statement': cause(
    { en: 'one statement is slow by itself', es: 'una sentencia es lenta de por sí' },
    {
      en: 'Stay in the worker, and there in the database.',
      es: 'Quédate en el trabajador, y allí en la base de datos.',
    },
    {
      en: 'One of the statements is much longer than the other. Is it so for every good? Always as long?',
      es: 'Una de las sentencias es mucho más larga que la otra. ¿Lo es con cada artículo? ¿Siempre igual de larga?',
    },
  ),
  lock: cause(
    { en: 'orders wait for a lock', es: 'los pedidos esperan un bloqueo' },
    {
      en: 'Stay in the worker, and there in the database. Compare orders of different goods.',
      es: 'Quédate en el trabajador, y allí en la base de datos. Compara pedidos de distintos artículos.',
    },
    {
      en: `Take two orders of one good in which ${names.order} is long, sent one after the other. When does it begin in each, and when does it end?`,
      es: `Toma dos pedidos de un mismo artículo en los que ${names.order} sea larga, enviados uno tras otro. ¿Cuándo empieza en cada uno, y cuándo acaba?`,
    },
  ),
  'n-plus-one': cause(
    { en: 'one query for each row (N+1)', es: 'una consulta por cada fila (N+1)' },
    {
      en: 'Stay in the worker. Do not look for a long span: count them.',
      es: 'Quédate en el trabajador. No busques un span largo: cuéntalos.',
    },
    {
      en: 'Compare an order of many parcels with one of few.',
      es: 'Compara un pedido de muchos paquetes con uno de pocos.',
    },
  ),
  'exhausted-pool': cause(
    {
      en: 'the pool of connections is exhausted',
      es: 'el pool de conexiones está agotado',
    },
    {
      en: 'Stay in the worker. What does it do before its first statement?',
      es: 'Quédate en el trabajador. ¿Qué hace antes de su primera sentencia?',
    },
    {
      en: `How long is ${names.connect}, and how long is all that is then done with the connection?`,
      es: `¿Cuánto dura ${names.connect}, y cuánto todo lo que luego se hace con la conexión?`,
    },
  ),
  'slow-neighbour': cause(
    { en: 'a neighbour answers slowly', es: 'un vecino responde despacio' },
    {
      en: 'The worker is not alone: whom does it ask before it writes?',
      es: 'El trabajador no está solo: ¿a quién pregunta antes de escribir?',
    },
    {
      en: `What share of the work is ${names.reserve}? Does it answer well, and is it so for all?`,
      es: `¿Qué parte del trabajo es ${names.reserve}? ¿Responde bien, y es así con todos?`,
    },
  ),
  'full-queue': cause(
    {
      en: 'the queue is full: the consumer is too slow for what comes',
      es: 'la cola está llena: el consumidor no da abasto',
    },
    {
      en: 'Look at where no span is.',
      es: 'Mira donde no hay ningún span.',
    },
    {
      en: 'How long is it from the end of "send shop" to the beginning of "process orders", in an order of the beginning and in one of the end?',
      es: '¿Cuánto pasa del fin de "send shop" al inicio de "process orders", en un pedido del principio y en uno del final?',
    },
  ),
  'multiplied-retries': cause(
    { en: 'retries that multiply', es: 'reintentos que se multiplican' },
    {
      en: 'Some orders failed on the way, and came through in the end: `plan trace --failed`.',
      es: 'Algunos pedidos fallaron por el camino, y al final pasaron: `plan trace --failed`.',
    },
    {
      en: 'Count in such a one how often the warehouse was called, and how often the message was taken. Who of them tries again?',
      es: 'Cuenta en uno así cuántas veces se llamó al almacén, y cuántas se tomó el mensaje. ¿Quién reintenta?',
    },
  ),
  'dropping-worker': cause(
    {
      en: 'the worker drops orders that it has acknowledged',
      es: 'el trabajador pierde pedidos de los que ya hizo ack',
    },
    {
      en: 'Have all orders that were taken come to their row?',
      es: '¿Han llegado a su fila todos los pedidos aceptados?',
    },
    {
      en: 'Look at an order that somebody asked about: what is below "process orders", and what would have to be?',
      es: 'Mira un pedido por el que preguntan: ¿qué hay debajo de "process orders", y qué tendría que haber?',
    },
  ),
  'differing-clocks': cause(
    { en: 'the clocks of two machines differ', es: 'los relojes de dos máquinas difieren' },
    {
      en: 'Does the order in which the spans stand make sense? And do the durations agree with what the lab saw?',
      es: '¿Tiene sentido el orden en que están los spans? ¿Y concuerdan las duraciones con lo que vio el laboratorio?',
    },
    {
      en: 'What would have to come first: the sending of the message, or the work on it?',
      es: '¿Qué tendría que ir antes: el envío del mensaje, o el trabajo con él?',
    },
  ),
};
