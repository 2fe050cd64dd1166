import { defineKata } from '../../src/kata/index.js';
import { acts, actsOfLesson, capacity, options, overloadRate } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-12',
  item: 'm5.b1.kata-12',
  title: { en: 'Backpressure', es: 'Backpressure' },
  conditions: (limits) => ({
    en: `${Math.round(overloadRate(limits))} jobs a second come, ${Math.round(capacity(limits))} can be done; room for ${limits.limit} that wait and ${limits.workers} in hand; ${limits.way}`,
    es: `llegan ${Math.round(overloadRate(limits))} trabajos por segundo, se pueden hacer ${Math.round(capacity(limits))}; sitio para ${limits.limit} en espera y ${limits.workers} entre manos; ${limits.way}`,
  }),
  services: ['rabbitmq'],
  servicesFor: ({ way }) => (way === 'rabbitmq' ? ['rabbitmq'] : []),
  routes: ['POST /jobs', 'GET /jobs/{id}'],
  languages: ['node', 'go'],
  strategies: {
    unbounded: {
      en: 'take everything; the queue grows',
      es: 'aceptarlo todo; la cola crece',
    },
    reject: {
      en: 'refuse at once when the queue is full',
      es: 'rechazar al momento si la cola está llena',
    },
    block: {
      en: 'let whoever comes wait for a place, for a time',
      es: 'que quien llega espere un sitio, un tiempo',
    },
    'drop-oldest': {
      en: 'drop what has waited longest, and say so',
      es: 'tirar lo que más ha esperado, y decirlo',
    },
  },
  costs: {
    reject: {
      en: 'clients must be told when to come back, and must do as told',
      es: 'hay que decir a los clientes cuándo volver, y que hagan caso',
    },
    block: {
      en: 'those who wait hold a connection each, and everybody waits',
      es: 'quien espera ocupa una conexión, y esperan todos',
    },
    'drop-oldest': {
      en: 'what was accepted is broken off: only for what ages, such as a position or a price',
      es: 'se rompe lo que se aceptó: solo para lo que caduca, como una posición o un precio',
    },
  },
  predict: {
    strategy: 'unbounded',
    figure: 'most',
    question: {
      en: 'For a second and a half four times as many jobs come as can be done (80 a second), and all are accepted: how many will have been accepted and not be done, at worst?',
      es: 'Durante segundo y medio llegan cuatro veces más trabajos de los que se pueden hacer (80 por segundo), y se aceptan todos: ¿cuántos habrá aceptados y sin hacer, en el peor momento?',
    },
  },
  defaultStrategy: 'reject',
  options,
  lesson: [
    { strategy: 'unbounded' },
    { strategy: 'reject' },
    { strategy: 'block' },
    { strategy: 'drop-oldest' },
  ],
  lessonActs: actsOfLesson,
  expect(strategy) {
    if (strategy === 'unbounded')
      return {
        verdict: 'violated',
        by: 'held-within-limit',
        with: ['first-come-first-done', 'recovers'],
      };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'most', head: { en: 'most held', es: 'máximo aceptado' } },
    { figure: 'refused', head: { en: 'refused %', es: 'rechazados %' } },
    { figure: 'dropped', head: { en: 'dropped %', es: 'tirados %' } },
    { figure: 'goodput', head: { en: 'in time/s', es: 'a tiempo/s' } },
    { figure: 'tookMs', head: { en: 'W, ms', es: 'W, ms' } },
    { figure: 'littleMs', head: { en: 'L/λ, ms', es: 'L/λ, ms' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: where did the jobs wait that could not be done in time, who knew of it, and of what use was an answer that came so late?',
      es: 'Con mis palabras: ¿dónde esperaban los trabajos que no se podían hacer a tiempo, quién lo sabía, y de qué servía una respuesta tan tardía?',
    },
    tradeOffs: {
      en: 'Who pays under reject, under block, under drop-oldest? What would a limit ten times as large change, by L = λ·W: more jobs done, or only a longer wait?',
      es: '¿Quién paga con reject, con block, con drop-oldest? ¿Qué cambiaría un límite diez veces mayor, según L = λ·W: más trabajos hechos, o solo más espera?',
    },
    realWorld: {
      en: 'Which queues do my systems have that nobody counts (sockets, pools, promises, the broker, the clients that try again), what is the limit of each, and what happens there when it is full?',
      es: '¿Qué colas tienen mis sistemas que nadie cuenta (sockets, pools, promesas, el broker, los clientes que reintentan), cuál es el límite de cada una, y qué pasa cuando se llena?',
    },
  },
});
