import { brokerKinds, choice, defineKata, integer } from '../../src/kata/index.js';
import { acts, isMixed, work } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-7',
  item: 'm3.b1.kata-7',
  title: { en: 'Worker with retries', es: 'Worker con reintentos' },
  conditions: ({ messages, failPercent, attempts, baseMs, capMs }) => ({
    en: `${messages} messages with ${failPercent} % failures, an outage, hopeless ones; ${attempts} attempts, base ${baseMs} ms, cap ${capMs} ms`,
    es: `${messages} mensajes con un ${failPercent} % de fallos, una indisponibilidad, otros sin remedio; ${attempts} intentos, base ${baseMs} ms, tope ${capMs} ms`,
  }),
  services: ['rabbitmq', 'redis'],
  queue: work,
  servicesFor: ({ broker }) => (broker === 'redis-streams' ? ['redis'] : ['rabbitmq']),
  languages: ['node', 'go'],
  strategies: {
    immediate: { en: 'try again at once', es: 'reintentar al momento' },
    fixed: { en: 'wait the base each time', es: 'esperar siempre la base' },
    exponential: {
      en: 'double the wait each time, up to the cap',
      es: 'doblar la espera cada vez, hasta el tope',
    },
    'exponential-full-jitter': {
      en: 'draw the wait between nothing and the exponential one',
      es: 'sortear la espera entre cero y la exponencial',
    },
  },
  costs: {
    fixed: { en: 'all come back at the same moment', es: 'todos vuelven en el mismo momento' },
    exponential: {
      en: 'long waits, still all at the same moments',
      es: 'esperas largas, y todos aún en los mismos momentos',
    },
    'exponential-full-jitter': {
      en: 'no wait can be told beforehand, and some are tried again at once',
      es: 'ninguna espera se sabe de antemano, y algunos se reintentan enseguida',
    },
  },
  predict: {
    strategy: 'immediate',
    figure: 'givenUp',
    question: {
      en: 'An outage, and everybody tries again at once: how many messages will be given up?',
      es: 'Una indisponibilidad, y todos reintentan al momento: ¿cuántos mensajes se abandonarán?',
    },
  },
  defaultStrategy: 'exponential-full-jitter',
  options: {
    broker: choice(brokerKinds, {
      default: 'rabbitmq',
      help: { en: 'where messages come from', es: 'de dónde vienen los mensajes' },
    }),
    wait: choice(['in-process', 'delay-queues', 'one-delay-queue'], {
      default: 'delay-queues',
      picksCase: true,
      help: {
        en: 'where a message waits: in the hand of the worker, in a queue for each delay, in one queue',
        es: 'dónde espera un mensaje: en manos del worker, en una cola por espera, en una sola cola',
      },
    }),
    baseMs: integer({
      default: 100,
      min: 80,
      max: 500,
      help: { en: 'first wait, milliseconds', es: 'primera espera, en milisegundos' },
    }),
    capMs: integer({
      default: 1_000,
      min: 400,
      max: 5_000,
      help: { en: 'longest wait, milliseconds', es: 'espera más larga, en milisegundos' },
    }),
    attempts: integer({
      default: 6,
      min: 5,
      max: 8,
      help: {
        en: 'attempts in all, then it is given up',
        es: 'intentos en total; después, se abandona',
      },
    }),
    failPercent: integer({
      default: 30,
      min: 0,
      max: 90,
      help: {
        en: 'attempts that fail by chance, in percent',
        es: 'intentos que fallan por azar, en porcentaje',
      },
    }),
    messages: integer({
      default: 100,
      min: 1,
      max: 5_000,
      help: { en: 'messages that fail by chance', es: 'mensajes que fallan por azar' },
    }),
    prefetch: integer({
      default: 10,
      min: 1,
      max: 100,
      help: {
        en: 'messages that the worker has in hand at once',
        es: 'mensajes que el worker tiene entre manos a la vez',
      },
    }),
  },
  lesson: [
    { strategy: 'immediate' },
    { strategy: 'fixed' },
    { strategy: 'exponential', wait: 'in-process' },
    { strategy: 'exponential', wait: 'one-delay-queue' },
    { strategy: 'exponential' },
    { strategy: 'exponential-full-jitter' },
  ],
  expect(strategy, { wait }) {
    // It has nothing to wait for, wherever that would be.
    if (strategy === 'immediate')
      return { verdict: 'violated', by: 'outage-survived', with: ['others-move-on'] };
    if (wait === 'in-process') return { verdict: 'violated', by: 'others-move-on', with: [] };
    // Where all wait equally long, the head of a queue is always the first that is due.
    if (wait === 'one-delay-queue' && isMixed(strategy))
      return { verdict: 'violated', by: 'waits-as-told', with: [] };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'published', head: { en: 'messages', es: 'mensajes' } },
    { figure: 'attempts', head: { en: 'attempts', es: 'intentos' } },
    { figure: 'givenUp', head: { en: 'given up', es: 'abandonos' } },
    { figure: 'successP50', head: { en: 'done p50', es: 'hecho p50' } },
    { figure: 'successP95', head: { en: 'done p95', es: 'hecho p95' } },
    { figure: 'duringOutage', head: { en: 'while down', es: 'sin servicio' } },
    { figure: 'storm', head: { en: 'storm', es: 'tormenta' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: what did the dependency get in the moment in which it came back, with each strategy, and what would that have done to it?',
      es: 'Con mis palabras: ¿qué recibió la dependencia en el momento de volver, con cada estrategia, y qué le habría hecho?',
    },
    tradeOffs: {
      en: 'What does jitter cost (time to success, attempts), and what does it save? Where does a message wait in each way, and what happens to it when the worker dies meanwhile?',
      es: '¿Qué cuesta el jitter (tiempo hasta el éxito, intentos) y qué ahorra? ¿Dónde espera un mensaje en cada forma, y qué le pasa si el worker muere entretanto?',
    },
    realWorld: {
      en: 'Which of my calls try again by themselves, at how many levels at once? How many attempts does one click become when the last of them is down?',
      es: '¿Cuáles de mis llamadas reintentan por su cuenta, y en cuántos niveles a la vez? ¿En cuántos intentos se convierte un clic cuando el último no responde?',
    },
  },
});
