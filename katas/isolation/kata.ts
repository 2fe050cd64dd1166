import { choice, defineKata } from '../../src/kata/index.js';
import { levels } from './contract.js';
import { anomalies, chosen } from './contract/anomalies.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

const options = {
  isolation: choice(levels, {
    default: 'read-committed',
    picksCase: true,
    help: {
      en: 'isolation level of every transaction',
      es: 'nivel de aislamiento de cada transacción',
    },
  }),
  anomaly: choice(['all', ...anomalies.map(({ id }) => id)], {
    default: 'all',
    help: {
      en: 'one anomaly alone, explained step by step',
      es: 'una sola anomalía, explicada paso a paso',
    },
  }),
};

/** Where the lab plays all parts there is but one way to do it. */
const strategy = 'sessions';

export const kata = defineKata({
  id: 'isolation',
  item: 'm2.b1.deliverable',
  title: { en: 'Isolation levels', es: 'Niveles de aislamiento' },
  conditions: ({ anomaly }) => {
    const [one] = chosen(anomaly);
    return anomaly === 'all' || !one
      ? {
          en: 'the ten anomalies of hermitage, played live',
          es: 'las diez anomalías de hermitage, en vivo',
        }
      : { en: `${one.id}, ${one.name.en}`, es: `${one.id}, ${one.name.es}` };
  },
  services: ['postgres'],
  // The lab plays the two or three sessions itself, statement by statement.
  languages: [],
  strategies: {
    [strategy]: {
      en: 'two or three sessions, one statement at a time',
      es: 'dos o tres sesiones, una sentencia cada vez',
    },
  },
  defaultStrategy: strategy,
  options,
  lesson: levels.map((isolation) => ({ strategy, isolation, anomaly: 'all' })),
  expect: () => ({ verdict: 'holds' }),
  columns: [],

  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: which of the ten anomalies could happen in a system of mine, with which two requests, and what would somebody notice?',
      es: 'Con mis palabras: ¿cuál de las diez anomalías podría ocurrir en un sistema mío, con qué dos peticiones, y qué notaría alguien?',
    },
    worked: {
      en: 'Why does read committed stop G0 and G1a–c, and which mechanism does it: a lock or a snapshot?',
      es: '¿Por qué read committed detiene G0 y G1a–c, y con qué mecanismo: un bloqueo o un snapshot?',
    },
    failed: {
      en: 'Repeatable read lets write skew (G2-item) through: what did the two sessions read and write, and why did no lock see it?',
      es: 'Repeatable read deja pasar el write skew (G2-item): ¿qué leyeron y escribieron las dos sesiones, y por qué ningún bloqueo lo vio?',
    },
    tradeOffs: {
      en: 'What does each level ask of me: who waits, who is refused with 40001, and what must my code do then?',
      es: '¿Qué me pide cada nivel: quién espera, a quién se rechaza con 40001, y qué tiene que hacer entonces mi código?',
    },
    realWorld: {
      en: 'Which level would I choose for a transfer, a report over many rows, and a booking with a rule over several rows? And which lock or constraint would do instead?',
      es: '¿Qué nivel elegiría para una transferencia, un informe sobre muchas filas y una reserva con una regla sobre varias filas? ¿Y qué bloqueo o restricción serviría en su lugar?',
    },
  },
});
