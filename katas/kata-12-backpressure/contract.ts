import { choice, integer, type Acts, type OptionValues } from '../../src/kata/index.js';

export const options = {
  way: choice(['http', 'rabbitmq'], {
    default: 'http',
    help: {
      en: 'how jobs come: POST /jobs, or a queue at the broker',
      es: 'cómo llegan los trabajos: POST /jobs, o una cola del broker',
    },
  }),
  limit: integer({
    default: 20,
    min: 5,
    max: 100,
    help: { en: 'jobs that may wait', es: 'trabajos que pueden esperar' },
  }),
  workers: integer({
    default: 8,
    min: 1,
    max: 16,
    help: { en: 'jobs in hand at once', es: 'trabajos entre manos a la vez' },
  }),
  serviceMs: integer({
    default: 100,
    min: 20,
    max: 200,
    help: { en: 'milliseconds that a job takes', es: 'milisegundos que dura un trabajo' },
  }),
  waitMs: integer({
    default: 500,
    min: 100,
    max: 1_000,
    help: {
      en: 'milliseconds that block waits for a place',
      es: 'milisegundos que block espera un sitio',
    },
  }),
  overload: integer({
    default: 4,
    min: 3,
    max: 8,
    help: {
      en: 'times as many jobs as can be done',
      es: 'cuántas veces más trabajos de los que se pueden hacer',
    },
  }),
};

export type Limits = OptionValues<typeof options>;

/** What a program does with a job that finds all places taken. */
export type Policy = 'unbounded' | 'reject' | 'block' | 'drop-oldest';

/** A learner's own program that is asked for no strategy rejects. A full queue of a broker does not wait. */
export function policyOf(strategy: string, { way }: Pick<Limits, 'way'>): Policy {
  if (strategy === 'unbounded' || strategy === 'drop-oldest') return strategy;
  return strategy === 'block' && way === 'http' ? 'block' : 'reject';
}

/** The lesson compares all in the overload, and shows on one what else a limit has to keep. */
export const actsOfLesson = (strategy: string): readonly string[] | undefined =>
  strategy === 'reject' ? undefined : ['overload'];

/** Of the broker. */
export const jobs = 'jobs';
export const dropped = 'jobs.dropped';

/** Each has a program and a dependency of its own. */
export const scenes = ['overload', 'room', 'places', 'short', 'retry-after', 'shutdown'] as const;
export type Scene = (typeof scenes)[number];

/** Of the overload, in their order. */
export const phases = ['before', 'overload', 'after'] as const;
export type Phase = (typeof phases)[number];

/** Where two workers are looked at: two beside one another; as many as workers, and all the others. */
export type Part = 'pair' | 'hand' | 'crowd' | 'late';

/** One worker, one place, and jobs that take longer than a second: what Retry-After says matters. */
export const patience = { limit: 1, workers: 1, serviceMs: 1_500 };

/** Two workers and jobs that take their time: who is where, and which places are free, is certain. */
export const sight = { limit: 10, workers: 2, serviceMs: 400 };
/** Sent at once where the workers are busy: no number of dropped ones but one by one leaves a full queue. */
export const crowd = 33;

/** Short jobs: in a few seconds there are many, and the way to the dependency and back counts. */
export const haste = { workers: 8, serviceMs: 20 };

const inScenes: Partial<Record<Scene, Partial<Limits>>> = {
  'retry-after': patience,
  places: sight,
  short: haste,
};

export const limitsIn = (scene: Scene, limits: Limits): Limits => ({
  ...limits,
  ...(scene === 'room' && { serviceMs: inRoomMs(limits) }),
  ...inScenes[scene],
});

/** Of long jobs little is lost from one to the next, on a slow machine as well. */
const longMs = 400;
const roomTakesMs = 1_500;

function inRoomMs({ limit, workers, serviceMs }: Limits): number {
  return Math.ceil(limit / workers) * longMs > roomTakesMs
    ? serviceMs
    : Math.max(longMs, serviceMs);
}

/** Accepted and not done: those that wait, and those in hand. */
export const mostHeld = ({ limit, workers }: Limits): number => limit + workers;

/** Jobs a second. */
export const capacity = ({ workers, serviceMs }: Limits): number => (1000 * workers) / serviceMs;

/** What all that may be accepted takes to be done, milliseconds. */
export const fullMs = (limits: Limits): number => (1000 * mostHeld(limits)) / capacity(limits);

export const quietMs = 600;
export const quietRate = (limits: Limits): number => capacity(limits) / 2;

export const overloadRate = (limits: Limits): number => limits.overload * capacity(limits);

/** Long enough for what cannot be done to fill four such queues, and for whoever waits to give up. */
export function overloadMs(limits: Limits): number {
  const excess = overloadRate(limits) - capacity(limits);
  return Math.max(1_500, (4_000 * mostHeld(limits)) / excess, 2 * limits.waitMs);
}

/** After the overload, until a queue that was full is empty for certain. */
export const calmMs = (limits: Limits): number => fullMs(limits) + limits.waitMs + 250;

/** Of short jobs so many are accepted, on a slow machine in a longer time; seconds. */
export const manyShort = 300;
export const shortSeconds = { least: 2, most: 6 };
/** More than can be done if nothing took its time on the way. */
export const shortRate = (limits: Limits): number => 1.25 * capacity(limitsIn('short', limits));

/** Milliseconds until a program has noticed that one of its jobs is done, on any machine. */
export const noticedMs = 500;

/** Later than so many milliseconds after its acceptance a job is of no use to anybody. */
export const deadlineMs = (limits: Limits): number => 1.5 * fullMs(limits);

/** So long may an answer take that waits for nothing, milliseconds. */
export const answerMs = 50;
/** Milliseconds that a wait may end before its time: timers are coarse. */
export const earlyMs = 5;
/** Milliseconds from one sign of life to the next. */
export const pulseEveryMs = 25;
/** Milliseconds until a place that became free is one, on any machine. */
export const freedMs = 100;
/** Of a hundred: how much of the workers' time may be lost while accepted work waits. */
export const mostIdle = 25;
/** Milliseconds that a job may take longer after the overload than before. */
export const slowerMs = 50;

/** The most that Retry-After may say: when all that can have been accepted is done, and a second. */
export const longestRetry = (limits: Limits): number => Math.ceil(fullMs(limits) / 1000) + 1;

const anywhere = [
  ...['follows-the-contract', 'answers-in-time', 'stays-alive', 'drains-on-sigterm'],
  ...['workers-at-once', 'accepted-is-done-once', 'refused-is-not-done', 'told-is-true'],
  ...['held-within-limit', 'prefetch-kept'],
];

/** Wherever more come than there are places. */
const ofTheQueue = [
  ...['refuses-only-when-full', 'waits-before-it-refuses', 'drops-the-oldest'],
  ...['retry-after-is-honest', 'first-come-first-done'],
];

export const acts: Acts = {
  overload: {
    title: {
      en: 'more jobs come than can be done, for a while',
      es: 'durante un rato llegan más trabajos de los que se pueden hacer',
    },
    breaks: [
      ...anywhere,
      ...ofTheQueue,
      ...['answers-at-once', 'dependency-is-not-idle', 'recovers'],
    ],
    covers: ['overloaded', 'pulse-beat'],
    again: true,
  },
  room: {
    title: {
      en: 'as many jobs at once as there are places',
      es: 'tantos trabajos a la vez como sitios hay',
    },
    breaks: [
      ...anywhere,
      ...['refuses-only-when-full', 'drops-the-oldest', 'dependency-is-not-idle'],
    ],
    covers: ['room-filled'],
    again: true,
  },
  places: {
    title: {
      en: 'one job beside another, many more at once than there are places, and one when some are free again',
      es: 'un trabajo junto a otro, muchos más a la vez que sitios, y uno cuando vuelve a haber sitios',
    },
    breaks: [...[...anywhere, ...ofTheQueue, 'dependency-is-not-idle']],
    covers: ['one-beside-another', 'all-at-once', 'place-freed'],
    again: true,
  },
  short: {
    title: {
      en: 'more short jobs than can be done, and each is asked for at the end',
      es: 'más trabajos cortos de los que se pueden hacer, y al final se pregunta por cada uno',
    },
    breaks: [...[...anywhere, ...ofTheQueue]],
    covers: ['short-jobs'],
    again: true,
  },
  'retry-after': {
    title: {
      en: 'a client alone comes back when it was told to',
      es: 'un cliente solo vuelve cuando se le dijo',
    },
    breaks: [...anywhere, 'retry-after-is-honest'],
    covers: ['client-came-back'],
    again: true,
  },
  shutdown: {
    title: {
      en: 'SIGTERM while accepted jobs wait',
      es: 'SIGTERM con trabajos aceptados en espera',
    },
    breaks: anywhere,
    covers: ['stopped-with-work'],
    again: true,
  },
};
