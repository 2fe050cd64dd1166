import { choice, defineKata, integer } from '../../src/kata/index.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-1',
  item: 'm1.b2.kata-1',
  title: { en: '10,000 concurrent requests', es: '10.000 peticiones concurrentes' },
  conditions: ({ mode, users, requests, rate, duration, ioMs, cpuUs }) => {
    const work = { en: `${ioMs} ms of waiting, ${cpuUs} µs of CPU each` };
    const es = `${ioMs} ms de espera y ${cpuUs} µs de CPU cada una`;
    const end =
      duration === 0
        ? { en: `${requests} in all`, es: `${requests} en total` }
        : { en: `${duration} s long`, es: `durante ${duration} s` };
    switch (mode) {
      case 'closed':
        return {
          en: `${users} users, one request after the other, ${end.en}, ${work.en}`,
          es: `${users} usuarios, una petición tras otra, ${end.es}, ${es}`,
        };
      case 'open':
        return {
          en: `${rate} requests a second, ${end.en}, ${work.en}`,
          es: `${rate} peticiones por segundo, ${end.es}, ${es}`,
        };
      case 'burst':
        return {
          en: `${users} requests at one moment, ${work.en}`,
          es: `${users} peticiones en el mismo instante, ${es}`,
        };
    }
  },
  services: [],
  routes: ['POST /orders'],
  languages: ['node', 'go', 'rust', 'python'],
  strategies: {
    'one-core': {
      en: 'one thread: an event loop, or a scheduler on one core',
      es: 'un solo hilo: un event loop, o un planificador en un núcleo',
    },
    'all-cores': {
      en: 'every core: cluster, goroutines, worker threads, processes',
      es: 'todos los núcleos: cluster, goroutines, hilos de trabajo, procesos',
    },
    blocking: {
      en: 'the wait holds the thread: nobody else is served',
      es: 'la espera retiene el hilo: no se atiende a nadie más',
    },
  },
  costs: {
    'all-cores': {
      en: 'memory for every worker, and nothing in memory can be shared between them',
      es: 'memoria por cada proceso o hilo, y nada en memoria que compartir entre ellos',
    },
    'one-core': {
      en: 'one slow computation holds up everybody',
      es: 'un cálculo lento detiene a todos',
    },
  },
  predict: {
    strategy: 'one-core',
    figure: 'inFlight',
    question: {
      en: '10,000 requests at one moment, each waits 100 ms, one thread: how many will be under way at once?',
      es: '10.000 peticiones en el mismo instante, cada una espera 100 ms, un solo hilo: ¿cuántas habrá en curso a la vez?',
    },
  },
  defaultStrategy: 'one-core',
  options: {
    users: integer({
      default: 10_000,
      min: 1,
      max: 50_000,
      help: {
        en: 'users, each with a connection of its own',
        es: 'usuarios, cada uno con su propia conexión',
      },
    }),
    mode: choice(['burst', 'closed', 'open'], {
      default: 'burst',
      help: {
        en: 'all at one moment; each after its last answer; or at a rate',
        es: 'todas en un instante; cada una tras la respuesta anterior; o a un ritmo fijo',
      },
    }),
    requests: integer({
      default: 20_000,
      min: 1,
      max: 10_000_000,
      help: {
        en: 'requests in all, in the modes closed and open; in a burst every user sends one',
        es: 'peticiones en total, en los modos closed y open; en burst cada usuario envía una',
      },
    }),
    duration: integer({
      default: 0,
      min: 0,
      max: 3_600,
      help: {
        en: 'seconds that the modes closed and open last, instead of a number of requests; 0 is off',
        es: 'segundos que duran los modos closed y open, en vez de un número de peticiones; 0 es sin límite de tiempo',
      },
    }),
    rate: integer({
      default: 2_000,
      min: 1,
      max: 200_000,
      help: { en: 'requests a second in the mode open', es: 'peticiones por segundo en modo open' },
    }),
    arrivals: choice(['constant', 'poisson'], {
      default: 'constant',
      help: { en: 'how they come in the mode open', es: 'cómo llegan en modo open' },
    }),
    ioMs: integer({
      default: 100,
      min: 0,
      max: 5_000,
      help: {
        en: 'milliseconds that each request waits, as for a database',
        es: 'milisegundos que espera cada petición, como por una base de datos',
      },
    }),
    cpuUs: integer({
      default: 20,
      min: 0,
      max: 10_000,
      help: {
        en: 'microseconds of CPU that each request computes, 400 steps to a microsecond',
        es: 'microsegundos de CPU que calcula cada petición, a 400 pasos por microsegundo',
      },
    }),
  },
  lesson: [{ strategy: 'one-core' }, { strategy: 'all-cores' }],
  expect: (strategy) =>
    strategy === 'blocking'
      ? { verdict: 'violated', by: 'answers-in-time', with: ['answered-once', 'drains-on-sigterm'] }
      : { verdict: 'holds' },
  columns: [
    { figure: 'inFlight', head: { en: 'in flight', es: 'en curso' } },
    { figure: 'lost', head: { en: 'lost', es: 'perdidas' } },
  ],

  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: what does a request cost that only waits, and what does one cost that computes? Where does each of the ten thousand wait, in each of the languages?',
      es: 'Con mis palabras: ¿qué cuesta una petición que solo espera, y qué cuesta una que calcula? ¿Dónde espera cada una de las diez mil, en cada lenguaje?',
    },
    tradeOffs: {
      en: 'What limited each program: its core, all cores, the wait, or the load generator? How do I see it in the figures, and at which CPU share does the order turn round?',
      es: '¿Qué limitó a cada programa: su núcleo, todos los núcleos, la espera o el generador de carga? ¿Cómo lo veo en las cifras, y con qué parte de CPU se invierte el orden?',
    },
    realWorld: {
      en: 'Which of my services looks like this one? What would I measure before I rewrote it in another language, and what would a second process already solve?',
      es: '¿Cuál de mis servicios se parece a este? ¿Qué mediría antes de reescribirlo en otro lenguaje, y qué resolvería ya un segundo proceso?',
    },
  },
});
