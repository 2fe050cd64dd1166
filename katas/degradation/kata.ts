import { defineKata, integer } from '../../src/kata/index.js';
import { acts } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'degradation',
  item: 'm5.b1.deliverable',
  title: { en: 'A system that degrades gracefully', es: 'Un sistema que degrada con elegancia' },
  conditions: ({ workers, workMs, clientRate, clientBurst, timeoutMs }) => ({
    en: `${workers} workers of ${workMs} ms behind two services, ${clientRate} a second and ${clientBurst} at once for each client, time ${timeoutMs} ms`,
    es: `${workers} trabajadores de ${workMs} ms tras dos servicios, ${clientRate} por segundo y ${clientBurst} a la vez por cliente, tiempo ${timeoutMs} ms`,
  }),
  services: [],
  routes: ['GET /checkout/{id}', 'GET /recommendations/{id}'],
  languages: ['node', 'go'],
  strategies: {
    none: { en: 'passes everything on', es: 'lo pasa todo' },
    timeouts: {
      en: 'bounds every wait, and hands on what is left',
      es: 'limita cada espera, y pasa lo que queda',
    },
    bulkheads: {
      en: 'places of its own for each service',
      es: 'plazas propias para cada servicio',
    },
    'rate-limit': { en: 'a burst and a rate for each client', es: 'ráfaga y ritmo por cliente' },
    'load-shedding': {
      en: 'refuses what matters less before it is too much',
      es: 'rechaza lo que menos importa antes de que sea demasiado',
    },
    all: { en: 'all of them together', es: 'todas juntas' },
  },
  costs: {
    timeouts: {
      en: 'good answers are thrown away that come a moment too late',
      es: 'se tiran buenas respuestas que llegan un momento tarde',
    },
    bulkheads: {
      en: 'on a quiet day places stand idle that another service could use',
      es: 'en un día tranquilo hay plazas vacías que otro servicio podría usar',
    },
    'rate-limit': {
      en: 'a good client is refused as well as a bad one, also while workers are free',
      es: 'se rechaza al buen cliente como al malo, también con trabajadores libres',
    },
    'load-shedding': {
      en: 'somebody has to say beforehand whose requests matter less',
      es: 'alguien tiene que decir de antemano las peticiones de quién importan menos',
    },
    all: {
      en: 'five numbers to choose, and to choose again whenever a service changes',
      es: 'cinco números que elegir, y volver a elegir cuando cambia un servicio',
    },
  },
  predict: {
    strategy: 'none',
    figure: 'wasted',
    question: {
      en: 'For 600 ms five times as much is asked as on a quiet day, then a good half of what the workers can do again. Clients hang up after 500 ms and ask up to four times. How much of the workers’ time after the spike, in percent, goes into answers that nobody waits for?',
      es: 'Durante 600 ms se pide cinco veces más que en un día tranquilo, y luego otra vez poco más de la mitad de lo que pueden los trabajadores. Los clientes cuelgan a los 500 ms y piden hasta cuatro veces. ¿Qué parte del tiempo de los trabajadores tras el pico, en tanto por ciento, se va en respuestas que nadie espera?',
    },
  },
  defaultStrategy: 'all',
  options: {
    workers: integer({
      default: 8,
      min: 6,
      max: 16,
      help: {
        en: 'workers behind both services together',
        es: 'trabajadores tras los dos servicios juntos',
      },
    }),
    workMs: integer({
      default: 80,
      min: 60,
      max: 100,
      help: {
        en: 'milliseconds of a worker that a call takes',
        es: 'milisegundos de un trabajador que lleva una llamada',
      },
    }),
    clientRate: integer({
      default: 20,
      min: 15,
      max: 40,
      help: {
        en: 'requests a second of each client',
        es: 'peticiones por segundo de cada cliente',
      },
    }),
    clientBurst: integer({
      default: 10,
      min: 8,
      max: 15,
      help: { en: 'and so many at once', es: 'y tantas a la vez' },
    }),
    timeoutMs: integer({
      default: 500,
      min: 400,
      max: 600,
      help: {
        en: 'milliseconds that a client waits that says nothing',
        es: 'milisegundos que espera un cliente que no dice nada',
      },
    }),
  },
  lesson: [
    { strategy: 'none' },
    { strategy: 'timeouts' },
    { strategy: 'bulkheads' },
    { strategy: 'rate-limit' },
    { strategy: 'load-shedding' },
    { strategy: 'all' },
  ],
  expect: (strategy) =>
    strategy === 'none' ? { verdict: 'violated', by: 'recovers', with: [] } : { verdict: 'holds' },
  columns: [
    { figure: 'goodput', head: { en: 'goodput after %', es: 'útil después %' } },
    { figure: 'tries', head: { en: 'tries each', es: 'intentos c/u' } },
    { figure: 'wasted', head: { en: 'wasted %', es: 'en balde %' } },
    { figure: 'checkoutP95Hang', head: { en: 'p95 hang', es: 'p95 colgado' } },
    { figure: 'checkoutP95Overload', head: { en: 'p95 overload', es: 'p95 sobrecarga' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: why did the system stay down when the spike was long over, and what did the workers do all that time?',
      es: 'Con mis palabras: ¿por qué siguió caído el sistema mucho después del pico, y qué hacían los trabajadores todo ese tiempo?',
    },
    tradeOffs: {
      en: 'Whom does each defence refuse, and who decides who matters less? What does a bulkhead cost on a quiet day?',
      es: '¿A quién rechaza cada defensa, y quién decide quién importa menos? ¿Qué cuesta un bulkhead en un día tranquilo?',
    },
    realWorld: {
      en: 'Which of my services share workers, connections or locks without saying so? How many tries in all stand behind one click of mine?',
      es: '¿Qué servicios míos comparten trabajadores, conexiones o locks sin decirlo? ¿Cuántos intentos en total hay detrás de un clic?',
    },
  },
});
