import { defineKata } from '../../src/kata/index.js';
import { acts, options, work } from './contract.js';
import { deadLetters } from './dead-letters.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-8',
  item: 'm3.b1.kata-8',
  title: { en: 'Dead letter queue', es: 'Dead letter queue' },
  conditions: ({ messages, restart: how }) => ({
    en: `${messages} good messages with poison among them; a new worker in the middle; the broker ${restarts[how].en}`,
    es: `${messages} mensajes buenos con otros venenosos; un worker nuevo a mitad; el broker ${restarts[how].es}`,
  }),
  services: ['rabbitmq', 'redis'],
  queue: work,
  servicesFor: ({ broker }) => [broker === 'rabbitmq' ? 'rabbitmq' : 'redis'],
  languages: ['node', 'go'],
  strategies: {
    'requeue-forever': {
      en: 'give it back to the queue, at once and for ever',
      es: 'devolverlo a la cola, al instante y para siempre',
    },
    drop: { en: 'throw it away', es: 'tirarlo' },
    'dlx-header': {
      en: 'count in a header, wait in a queue with a DLX, then publish a dead letter',
      es: 'contar en una cabecera, esperar en una cola con DLX y publicar un dead letter',
    },
    'quorum-delivery-limit': {
      en: 'reject it, and let a quorum queue count',
      es: 'rechazarlo, y que cuente una quorum queue',
    },
  },
  costs: {
    'dlx-header': {
      en: 'the program counts, and waits cost a queue more',
      es: 'el programa lleva la cuenta, y las esperas cuestan una cola más',
    },
    'quorum-delivery-limit': {
      en: 'quorum queues only, and no wait between two attempts',
      es: 'solo en quorum queues, y sin espera entre dos intentos',
    },
  },
  predict: {
    strategy: 'drop',
    figure: 'lost',
    question: {
      en: 'What fails is thrown away: how many messages that would have worked later will be lost?',
      es: 'Lo que falla se tira: ¿cuántos mensajes que habrían funcionado más tarde se perderán?',
    },
  },
  defaultStrategy: 'requeue-forever',
  options,
  lesson: [
    { strategy: 'requeue-forever' },
    { strategy: 'drop' },
    { strategy: 'dlx-header' },
    { strategy: 'quorum-delivery-limit' },
  ],
  expect(strategy) {
    // What loops is neither done nor given up, and those behind it may never be reached.
    if (strategy === 'requeue-forever')
      return {
        verdict: 'violated',
        by: 'three-attempts',
        with: ['poison-in-dlq-once', 'others-move-on', 'finishes'],
      };
    // Also what would have worked at the second or third attempt.
    if (strategy === 'drop')
      return {
        verdict: 'violated',
        by: 'poison-in-dlq-once',
        with: ['none-lost', 'three-attempts'],
      };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'good', head: { en: 'good', es: 'buenos' } },
    { figure: 'poison', head: { en: 'poison', es: 'venenosos' } },
    { figure: 'dead', head: { en: 'dead letters', es: 'dead letters' } },
    { figure: 'lost', head: { en: 'lost', es: 'perdidos' } },
    { figure: 'attempts', head: { en: 'attempts', es: 'intentos' } },
    { figure: 'loopRate', head: { en: 'loop, calls/s', es: 'bucle, llamadas/s' } },
  ],

  experiment,
  check,
  acts,

  deadLetters,

  questions: {
    problem: {
      en: 'In my own words: what did one poison message cost the good ones, and whom would it have woken at night?',
      es: 'Con mis palabras: ¿qué les costó un mensaje venenoso a los buenos, y a quién habría despertado de noche?',
    },
    tradeOffs: {
      en: 'Who counts the attempts, the worker or the broker? What does each know of the error, and what happens to the count when a connection breaks?',
      es: '¿Quién cuenta los intentos, el worker o el broker? ¿Qué sabe cada uno del error, y qué pasa con la cuenta si se rompe una conexión?',
    },
    realWorld: {
      en: 'Who reads the dead letters of my systems, at how many does an alarm ring, and what must be true before they are sent again?',
      es: '¿Quién lee los dead letters de mis sistemas, con cuántos suena una alarma, y qué tiene que cumplirse antes de reenviarlos?',
    },
  },
});

const restarts = {
  kill: { en: 'is killed', es: 'muere' },
  stop: { en: 'is stopped', es: 'se para' },
  cut: { en: 'loses its connections', es: 'pierde sus conexiones' },
  none: { en: 'stays up', es: 'sigue en pie' },
};
