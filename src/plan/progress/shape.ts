/**
 * What progress.json holds, checked by hand: `plan next` reads it on every call and may not wait
 * for a schema library. Fields and ids that this version doesn't know are kept as they are.
 */
export const schemaVersion = 1;

export interface Progress {
  readonly schema: typeof schemaVersion;
  /** The first day of the plan, YYYY-MM-DD. */
  readonly startedOn: string | null;
  /** The language that the learner chose; null leaves it to the environment. */
  readonly locale: string | null;
  /** By the curriculum's ids. An entry may hold unknown fields only: see `isDone`. */
  readonly items: Readonly<Record<string, ItemProgress>>;
  /** By kata id. */
  readonly katas: Readonly<Record<string, KataProgress>>;
}

export interface ItemProgress {
  /** When it was done, YYYY-MM-DD; null where an older file didn't say. */
  readonly date?: string | null;
  readonly evidence?: Evidence;
}

export type Evidence = RunEvidence | MysteryEvidence | { readonly by: 'hand' };

export interface RunEvidence {
  readonly by: 'run';
  /** The run's folder, relative to the learner's root where it lies below it. */
  readonly run: string;
  readonly implementation: {
    /** Relative to the learner's root where it lies below it, else absolute. */
    readonly path: string;
    /** `hashSources` of the path when the run judged it. */
    readonly hash: string;
  };
  /** Of a system: the program of each role; `implementation` is then all of them together. */
  readonly roles?: Readonly<Record<string, RunEvidence['implementation']>>;
}

/** A cause that the learner has found: what they know, and no program of theirs. */
export interface MysteryEvidence {
  readonly by: 'mystery';
  /** The folder of the run that they found it in. */
  readonly run: string;
  readonly cause: string;
}

export interface KataProgress {
  /** Of the cases that held the one with the lowest p99, the learner's own before a reference. */
  readonly best?: RunFigures | null;
  readonly last?: RunFigures | null;
  /** What the learner expected of the lesson before they saw it, and what it came to. */
  readonly prediction?: Prediction | null;
  /** Of a system: what has held as the learner's own so far, also in runs of their own. */
  readonly held?: HeldRoles | null;
}

export interface HeldRoles {
  /** How many the plan asks for. */
  readonly of: number;
  /** By role: the latest run in which it held. */
  readonly roles: Readonly<Record<string, { readonly run: string; readonly date: string }>>;
}

export interface Prediction {
  readonly guess: number;
  readonly was: number;
  readonly run: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** One case of a run, as the report shows it. Latencies in milliseconds. */
export interface RunFigures {
  readonly run: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** Of the whole run: `as-expected`, `violated`, … */
  readonly outcome: string;
  /** Of this case. */
  readonly verdict: string;
  readonly kind: string;
  readonly language: string;
  readonly strategy: string;
  readonly options: Readonly<Record<string, string | number>>;
  readonly n: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Answers a second. */
  readonly throughput: number | null;
}

export function isDone(item: ItemProgress | undefined): boolean {
  return item !== undefined && (item.date !== undefined || item.evidence !== undefined);
}

/** Of a system: how many of the roles that the plan asks for have held so far. */
export function heldOf(
  progress: Progress | undefined,
  kata: string,
): { readonly done: number; readonly total: number } | undefined {
  const known = progress && Object.hasOwn(progress.katas, kata) ? progress.katas[kata] : undefined;
  const { held } = known ?? {};
  return held ? { done: Object.keys(held.roles).length, total: held.of } : undefined;
}

/** The item's entry, safe against ids such as `constructor`. */
export function itemOf(progress: Progress, id: string): ItemProgress | undefined {
  return Object.hasOwn(progress.items, id) ? progress.items[id] : undefined;
}

/** A field that isn't what it should be: `items.m1.b1.theory-1.date`, `YYYY-MM-DD`. */
export interface ShapeProblem {
  readonly field: string;
  readonly expected: string;
}

type Check = (value: unknown, field: string) => ShapeProblem | undefined;

/** What is wrong with a document of the present version, if anything. */
export function shapeProblem(document: unknown): ShapeProblem | undefined {
  return object({
    startedOn: optional(date),
    locale: optional(string),
    items: optional(record(object({ date: optional(date), evidence: optional(evidence) }))),
    katas: optional(
      record(object({ best: optional(figures), last: optional(figures), held: optional(held) })),
    ),
  })(document, '');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A day that exists: 2026-02-30 doesn't. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

const string: Check = (value, field) =>
  typeof value === 'string' ? undefined : { field, expected: '"…"' };

const number: Check = (value, field) =>
  typeof value === 'number' ? undefined : { field, expected: '0' };

const date: Check = (value, field) =>
  isDate(value) ? undefined : { field, expected: '"YYYY-MM-DD"' };

const plainObject: Check = (value, field) =>
  isObject(value) ? undefined : { field, expected: '{…}' };

const program: Check = (value, field) => object({ path: string, hash: string })(value, field);

const held: Check = (value, field) =>
  object({ of: number, roles: record(object({ run: string, date: date })) })(value, field);

const evidence: Check = (value, field) =>
  object({ by: string })(value, field) ??
  // What another version calls evidence is none of our business.
  (isObject(value) && value['by'] === 'run'
    ? object({ run: string, implementation: program, roles: optional(record(program)) })(
        value,
        field,
      )
    : isObject(value) && value['by'] === 'mystery'
      ? object({ run: string, cause: string })(value, field)
      : undefined);

const figures: Check = (value, field) =>
  object({
    run: string,
    date: string,
    verdict: string,
    language: string,
    strategy: string,
    options: optional(plainObject),
    n: optional(number),
    p50: optional(number),
    p95: optional(number),
    p99: optional(number),
    throughput: optional(number),
  })(value, field);

function optional(check: Check): Check {
  return (value, field) =>
    value === undefined || value === null ? undefined : check(value, field);
}

function object(fields: Readonly<Record<string, Check>>): Check {
  return (value, field) => {
    if (!isObject(value)) return { field: field || '.', expected: '{…}' };
    return first(Object.entries(fields), ([name, check]) =>
      check(Object.hasOwn(value, name) ? value[name] : undefined, join(field, name)),
    );
  };
}

function record(check: Check): Check {
  return (value, field) => {
    if (!isObject(value)) return { field, expected: '{…}' };
    return first(Object.entries(value), ([name, entry]) => check(entry, join(field, name)));
  };
}

function join(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}

function first<T>(
  values: readonly T[],
  problem: (value: T) => ShapeProblem | undefined,
): ShapeProblem | undefined {
  for (const value of values) {
    const found = problem(value);
    if (found) return found;
  }
  return undefined;
}
