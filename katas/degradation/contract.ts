import type { Acts } from '../../src/kata/index.js';

/** What the options say. */
export interface Limits {
  /** Behind both services. */
  readonly workers: number;
  /** What a call takes of a worker, milliseconds. */
  readonly workMs: number;
  /** Requests a second of each client. */
  readonly clientRate: number;
  /** And so many at once. */
  readonly clientBurst: number;
  /** How long a client waits that says nothing, milliseconds. */
  readonly timeoutMs: number;
}

export const routes = ['checkout', 'recommendations'] as const;
export type Route = (typeof routes)[number];

/** Where the services are, and whose keys are known. */
export const urlVariable: Readonly<Record<Route, string>> = {
  checkout: 'CHECKOUT_URL',
  recommendations: 'RECOMMENDATIONS_URL',
};
export const keysVariable = 'API_KEYS';

/** In lower case. */
export const keyHeader = 'x-api-key';
export const deadlineHeader = 'x-timeout-ms';

export const scenes = ['hang', 'flood', 'overload', 'spike'] as const;
export type Scene = (typeof scenes)[number];

/** Strategy by act: what each must survive. A learner's own must survive all, whatever it is called. */
const survives: Readonly<Record<string, readonly Scene[]>> = {
  none: [],
  timeouts: ['hang', 'spike'],
  bulkheads: ['hang', 'spike'],
  'rate-limit': ['flood'],
  'load-shedding': ['overload', 'spike'],
};

export const mustSurvive = (strategy: string, scene: Scene): boolean =>
  Object.hasOwn(survives, strategy) ? (survives[strategy] ?? []).includes(scene) : true;

/** The spike compares all of them. */
export const plays = (strategy: string, scene: Scene): boolean =>
  scene === 'spike' || mustSurvive(strategy, scene);

const isOneOf = (strategy: string, ...names: readonly string[]): boolean =>
  names.includes(strategy) || !['none', ...Object.keys(survives)].includes(strategy);
export const hasDeadlines = (strategy: string): boolean => isOneOf(strategy, 'timeouts');
export const hasBulkheads = (strategy: string): boolean => isOneOf(strategy, 'bulkheads');
export const hasLimit = (strategy: string): boolean => isOneOf(strategy, 'rate-limit');
export const hasShedding = (strategy: string): boolean => isOneOf(strategy, 'load-shedding');
/** Of the spike: without any defence it is what breaks. */
export const mustRecover = (strategy: string): boolean =>
  strategy === 'none' || mustSurvive(strategy, 'spike');

/** Calls a second that the workers can do. */
export const capacity = ({ workers, workMs }: Limits): number => (1000 * workers) / workMs;
/** Shares of the capacity that are asked for on a quiet day: a good half together. */
const share: Readonly<Record<Route, number>> = { checkout: 0.25, recommendations: 0.3125 };
export const quietRate = (route: Route, limits: Limits): number => share[route] * capacity(limits);

/** How often a client of the spike asks in all, where it gets no good answer. */
export const attempts = 4;
/** Of the quiet rate; five times, in the spike and in the flood of the overload. */
export const times = 5;

/** A call is not begun that has less left: twice what it takes. */
export const leastLeftMs = ({ workMs }: Limits): number => 2 * workMs;

/** Of what is left, so much at least a call is told, milliseconds: who keeps back a little for its own answer is right. */
export const leastToldMs = (leftMs: number): number => 0.85 * leftMs - 50;

/** Milliseconds of the acts' parts. */
export const lasts = {
  hang: { quiet: 500, trouble: 1_500, after: 900 },
  flood: { quiet: 300, trouble: 1_900, after: 0 },
  overload: { quiet: 300, trouble: 1_200, after: 800 },
  spike: { quiet: 400, trouble: 600, after: 1_800 },
} as const;
export const lengthOfAct = (scene: Scene): number =>
  Object.values<number>(lasts[scene]).reduce((sum, ms) => sum + ms, 0);
/** After the trouble all is to be well again within so many milliseconds. */
export const settlesWithinMs = { hang: 400, flood: 0, overload: 400, spike: 1_200 } as const;

/** So much longer than usual a client waits that says so. */
export const longerMs = 700;
/** A client that is to hear of its time being over waits so much longer, milliseconds. */
export const patienceMs = 300;
/** Beyond the time that the client gave, milliseconds: what answering may cost. */
export const answerMs = 100;
/** Seconds after which who gets 503 is to come back: not at once, and not together. */
export const comesBackWithin = { least: 1, most: 5 } as const;
/** Half of the refusals take no longer, milliseconds. */
export const refusesWithinMs = 50;
/** Beyond twice the quiet p99, milliseconds: a pause of a collector decides nothing. */
export const paceMs = 50;
/** Share of requests that chance may take. */
export const byChance = 0.05;
/** Share of the workers' time that must be worked under overload. */
export const leastBusy = 0.5;

const ofAll = [
  'follows-the-contract',
  'answers-in-time',
  'stays-alive',
  'answers-are-true',
  'knows-its-clients',
  'quiet-days-are-quiet',
];
const ofDeadlines = ['deadline-is-handed-on', 'no-call-for-who-has-gone'];

export const acts: Acts = {
  hang: {
    title: {
      en: 'recommendations hang, and are well again',
      es: 'las recomendaciones se cuelgan, y vuelven a estar bien',
    },
    breaks: [
      ...ofAll,
      ...ofDeadlines,
      'healthy-route-keeps-its-pace',
      'answers-in-bounded-time',
      'refusals-are-quick',
      'refusals-say-when',
      'recovers',
    ],
    covers: ['hang-played'],
    again: true,
  },
  flood: {
    title: { en: 'one client floods', es: 'un cliente inunda' },
    breaks: [
      ...ofAll,
      ...ofDeadlines,
      'clients-keep-their-limit',
      'no-client-is-refused-below-it',
      'retry-after-is-true',
      'others-are-served',
      'refusals-are-quick',
      'refusals-say-when',
    ],
    covers: ['flood-played'],
    again: true,
  },
  overload: {
    title: {
      en: 'five times the capacity, of many clients that keep their limits',
      es: 'cinco veces la capacidad, de muchos clientes que respetan sus límites',
    },
    breaks: [
      ...ofAll,
      ...ofDeadlines,
      'no-client-is-refused-below-it',
      'checkouts-keep-their-pace',
      'sheds-recommendations-first',
      'dependency-is-not-idle',
      'refusals-are-quick',
      'refusals-say-when',
      'recovers',
    ],
    covers: ['overload-played'],
    again: true,
  },
  spike: {
    title: {
      en: 'a spike, and clients that try again',
      es: 'un pico, y clientes que lo vuelven a intentar',
    },
    breaks: [...ofAll, ...ofDeadlines, 'refusals-are-quick', 'refusals-say-when', 'recovers'],
    covers: ['spike-played', 'storm-was-possible'],
    again: true,
  },
};
