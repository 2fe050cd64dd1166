import { defineKata, integer } from '../../src/kata/index.js';
import { acts, actsOfLesson } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-11',
  item: 'm5.b1.kata-11',
  title: { en: 'Circuit breaker', es: 'Circuit breaker' },
  conditions: ({ rate, failPercent, windowMs, openMs, timeoutMs }) => ({
    en: `${rate} requests a second; half of the calls fail, then all, then none is answered; threshold ${failPercent} % in ${windowMs} ms, open ${openMs} ms, time-out ${timeoutMs} ms`,
    es: `${rate} peticiones por segundo; falla la mitad de las llamadas, luego todas, luego ninguna responde; umbral ${failPercent} % en ${windowMs} ms, abierto ${openMs} ms, límite ${timeoutMs} ms`,
  }),
  services: [],
  routes: ['GET /quotes/{id}', 'GET /rates/{id}'],
  languages: ['node', 'go'],
  strategies: {
    none: { en: 'waits as long as it takes', es: 'espera lo que haga falta' },
    timeout: { en: 'waits for a time', es: 'espera un tiempo' },
    'timeout-and-retry': {
      en: 'asks up to three times: a storm',
      es: 'pregunta hasta tres veces: una tormenta',
    },
    'retry-budget': {
      en: 'retries for a tenth of the requests at most',
      es: 'reintenta como mucho por un décimo de las peticiones',
    },
    breaker: {
      en: 'leaves the dependency alone when too much fails',
      es: 'deja en paz a la dependencia cuando falla demasiado',
    },
    'breaker-with-fallback': {
      en: 'and answers with something else meanwhile, marked as such',
      es: 'y entretanto responde otra cosa, marcada como tal',
    },
  },
  costs: {
    breaker: {
      en: 'while it is open nobody is asked, though some would have been answered',
      es: 'mientras está abierto no se pregunta a nadie, aunque a algunos se les habría respondido',
    },
    'breaker-with-fallback': {
      en: 'the same, and clients who have to tell old prices from live ones',
      es: 'lo mismo, y clientes que deben distinguir los precios antiguos de los live',
    },
  },
  predict: {
    strategy: 'timeout-and-retry',
    figure: 'layered',
    question: {
      en: 'Two layers, each with three attempts, before a service that is down: how many calls does one request become?',
      es: 'Dos capas, cada una con tres intentos, ante un servicio caído: ¿en cuántas llamadas se convierte una petición?',
    },
  },
  defaultStrategy: 'breaker',
  options: {
    windowMs: integer({
      default: 500,
      min: 300,
      max: 5_000,
      help: {
        en: 'calls of the last so many milliseconds count',
        es: 'cuentan las llamadas de los últimos milisegundos',
      },
    }),
    minCalls: integer({
      default: 10,
      min: 5,
      max: 30,
      help: {
        en: 'fewer calls in the window say nothing',
        es: 'menos llamadas en la ventana no dicen nada',
      },
    }),
    failPercent: integer({
      default: 25,
      min: 20,
      max: 35,
      help: {
        en: 'so many of a hundred calls must fail to open it',
        es: 'de cada cien llamadas, cuántas fallan para abrirlo',
      },
    }),
    openMs: integer({
      default: 500,
      min: 400,
      max: 5_000,
      help: { en: 'milliseconds that it stays open', es: 'milisegundos que sigue abierto' },
    }),
    probes: integer({
      default: 2,
      min: 1,
      max: 10,
      help: {
        en: 'calls at once while it is half-open',
        es: 'llamadas a la vez mientras está medio abierto',
      },
    }),
    closeAfter: integer({
      default: 3,
      min: 1,
      max: 10,
      help: { en: 'good probes that close it', es: 'pruebas buenas que lo cierran' },
    }),
    timeoutMs: integer({
      default: 400,
      min: 300,
      max: 2_000,
      help: {
        en: 'milliseconds that a call may take',
        es: 'milisegundos que puede durar una llamada',
      },
    }),
    slowMs: integer({
      default: 200,
      min: 100,
      max: 250,
      help: {
        en: 'a call that takes as long counts as failed',
        es: 'una llamada que dura tanto cuenta como fallida',
      },
    }),
    rate: integer({
      default: 150,
      min: 100,
      max: 1_000,
      help: {
        en: 'requests a second in the outage',
        es: 'peticiones por segundo en la indisponibilidad',
      },
    }),
  },
  lesson: [
    { strategy: 'none' },
    { strategy: 'timeout' },
    { strategy: 'timeout-and-retry' },
    { strategy: 'retry-budget' },
    { strategy: 'breaker' },
    { strategy: 'breaker-with-fallback' },
  ],
  lessonActs: actsOfLesson,
  expect(strategy) {
    switch (strategy) {
      case 'none':
        return { verdict: 'violated', by: 'answers-in-bounded-time', with: ['opens-when-failing'] };
      case 'timeout-and-retry':
        return {
          verdict: 'violated',
          by: 'calls-are-bounded',
          with: ['opens-when-failing', 'answers-in-bounded-time'],
        };
      case 'timeout':
      case 'retry-budget':
        return { verdict: 'violated', by: 'opens-when-failing', with: [] };
      default:
        return { verdict: 'holds' };
    }
  },
  columns: [
    { figure: 'amplification', head: { en: 'calls each', es: 'llamadas c/u' } },
    { figure: 'layered', head: { en: 'by 2 layers', es: 'en 2 capas' } },
    { figure: 'spared', head: { en: 'spared %', es: 'ahorradas %' } },
    { figure: 'live', head: { en: 'live %', es: 'live %' } },
    { figure: 'fallbacks', head: { en: 'fallback %', es: 'fallback %' } },
    { figure: 'errors', head: { en: 'errors %', es: 'errores %' } },
    { figure: 'recoveryMs', head: { en: 'recovery ms', es: 'recuperación ms' } },
  ],

  experiment,
  check,
  acts,

  questions: {
    problem: {
      en: 'In my own words: what did each client wait for while the dependency was stuck, and what did its calls do to a dependency that was trying to get up again?',
      es: 'Con mis palabras: ¿a qué esperaba cada cliente con la dependencia atascada, y qué le hacían sus llamadas a una dependencia que intentaba levantarse?',
    },
    tradeOffs: {
      en: 'What does a breaker cost when the dependency is half well? Which of its numbers (window, least calls, threshold, open time, probes) would I choose otherwise for a call a second, and for a thousand?',
      es: '¿Qué cuesta un breaker cuando la dependencia está medio bien? ¿Qué números (ventana, mínimo de llamadas, umbral, tiempo abierto, pruebas) elegiría distintos con una llamada por segundo, y con mil?',
    },
    realWorld: {
      en: 'Which of my calls have a time-out, and who chose it? Which answer of mine could be an old one, and who would have to know?',
      es: '¿Cuáles de mis llamadas tienen tiempo límite, y quién lo eligió? ¿Qué respuesta mía podría ser antigua, y quién tendría que saberlo?',
    },
  },
});
