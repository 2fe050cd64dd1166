import {
  grouped,
  noted,
  readPulses,
  type Beat,
  type DependencyAnswerNote,
  type DependencyCallNote,
  type DrainedNote,
  type History,
  type Noted,
  type Operation,
  type PublishAnswer,
  type Published,
  type Pulses,
} from '../../src/kata/index.js';
import {
  dropped,
  pulseEveryMs,
  type Limits,
  type Part,
  type Phase,
  type Scene,
} from './contract.js';
import type { Answered, Asked, PhaseNote, Returning, Stopping, Told } from './notes.js';

/** A job at the dependency; microseconds since the case began. */
export interface Call {
  readonly at: number;
  readonly line: number;
  /** When it was answered, or whoever called hung up; Infinity where neither was. */
  readonly end: number;
  readonly status: DependencyAnswerNote['status'] | undefined;
}

/** What the program said of a job, and when it was asked. */
export interface Word {
  readonly state: Told['state'];
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** What was sent, what came back, and what came of it. */
export interface Job {
  readonly id: string;
  readonly scene: Scene;
  readonly phase: Phase | Part | undefined;
  readonly start: number;
  readonly end: number;
  /** Unknown: no answer that the contract knows. */
  readonly outcome: 'accepted' | 'refused' | 'unknown';
  readonly retryAfter: number | undefined;
  readonly calls: readonly Call[];
  readonly words: readonly Word[];
  /** Where the broker put what it dropped; the lines of what says so. */
  readonly deadLetters: readonly number[];
  /** Where to read of its answer. */
  readonly line: number;
}

export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface Story {
  /** In the order in which they were sent. */
  of(scene: Scene, phase?: Phase | Part): readonly Job[];
  readonly jobs: readonly Job[];
  /** Of calls for what nobody had sent. */
  readonly strayCalls: readonly { readonly line: number; readonly path: string }[];
  phase(name: Phase): Span | undefined;
  readonly returns: readonly Noted<Returning>[];
  readonly stopping: Noted<Stopping> | undefined;
  pulses(scene: Scene): Pulses;
  /** Pulses in the midst of the overload's jobs, in the order in which they were sent. */
  readonly beats: readonly Beat[];
  readonly isAtBroker: boolean;
}

/** In which pulses are due all the while: elsewhere some come amid the jobs. */
const beatsAlways: ReadonlySet<Scene> = new Set(['places', 'room']);

export function readStory(history: History, { way }: Pick<Limits, 'way'>): Story {
  const calls = callsOf(history);
  const words = grouped(
    history.operations<Asked, Told>('ask').filter(({ outcome }) => outcome !== 'unknown'),
    ({ asked }) => asked.id,
  );
  const letters = lettersOf(history);
  const sent = way === 'http' ? postedOf(history) : publishedOf(history);
  const jobs = sent
    .map((one): Job => ({
      ...one,
      calls: calls.get(one.id) ?? [],
      words: (words.get(one.id) ?? []).map(wordOf),
      deadLetters: letters.get(one.id) ?? [],
    }))
    .sort((a, b) => a.start - b.start);
  const ids = new Set(jobs.map(({ id }) => id));
  const byScene = grouped(jobs, ({ scene }) => scene);
  const pulses = grouped(beatsOf(history, 'pulse'), ({ scene }) => scene);
  const entered = noted<PhaseNote>(history, 'phase');
  return {
    jobs,
    of: (scene, phase) =>
      (byScene.get(scene) ?? []).filter((one) => phase === undefined || one.phase === phase),
    strayCalls: [...calls]
      .filter(([id]) => !ids.has(id))
      .flatMap(([id, some]) => some.map(({ line }) => ({ line, path: pathOf(id) }))),
    phase: (name) => spanOf(name, entered, byScene.get('overload') ?? []),
    returns: noted<Returning>(history, 'returning'),
    stopping: noted<Stopping>(history, 'stopping')[0],
    // There they go on for as long as the scene does.
    pulses: (scene) =>
      readPulses(pulses.get(scene) ?? [], beatsAlways.has(scene) ? pulseEveryMs : undefined),
    beats: beatsOf(history, 'beat'),
    isAtBroker: way === 'rabbitmq',
  };
}

function spanOf(
  name: Phase,
  entered: readonly Noted<PhaseNote>[],
  jobs: readonly Job[],
): Span | undefined {
  const at = entered.findIndex(({ phase }) => phase === name);
  const from = entered[at]?.at;
  if (from === undefined) return undefined;
  const last = jobs.filter(({ phase }) => phase === name).at(-1)?.start ?? from;
  return { from, until: entered[at + 1]?.at ?? last };
}

function beatsOf(history: History, f: 'pulse' | 'beat'): (Beat & { readonly scene: Scene })[] {
  return history
    .operations<{ scene: Scene }>(f)
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ asked: { scene }, start, end }) => ({ scene, due: start, came: end }));
}

const prefix = '/work/';
const pathOf = (id: string): string => prefix + id;

/** By the id in its path; each id is sent once. */
function callsOf(history: History): Map<string, Call[]> {
  const answers = new Map(
    noted<DependencyAnswerNote>(history, 'dependency-answer').map((one) => [
      `${one.dependency} ${one.n}`,
      one,
    ]),
  );
  const found = new Map<string, Call[]>();
  for (const { dependency, n, path, at, line } of noted<DependencyCallNote>(
    history,
    'dependency-call',
  )) {
    const answer = answers.get(`${dependency} ${n}`);
    const bare = decoded(path.split('?', 1)[0] ?? '');
    const id = bare.startsWith(prefix) ? bare.slice(prefix.length) : bare;
    const call: Call = { at, line, end: answer?.at ?? Infinity, status: answer?.status };
    found.set(id, [...(found.get(id) ?? []), call]);
  }
  return found;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

type Sent = Omit<Job, 'calls' | 'words' | 'deadLetters'>;

function postedOf(history: History): Sent[] {
  const outcomes = { ok: 'accepted', fail: 'refused', unknown: 'unknown' } as const;
  return history
    .operations<Asked, Answered>('job')
    .map(({ asked: { id, scene, phase }, outcome, answer, ...one }) => ({
      ...{ id, scene, phase, start: one.start, end: one.end },
      outcome: outcomes[outcome],
      retryAfter: answer?.retryAfter,
      line: one.completedOn ?? one.invokedOn,
    }));
}

/** What the broker refused, and what it could route nowhere, is refused. */
function publishedOf(history: History): Sent[] {
  const outcomes = { ok: 'accepted', fail: 'refused', unknown: 'unknown' } as const;
  return history
    .operations<Published, PublishAnswer>('publish')
    .map(({ asked: { body }, outcome, ...one }) => {
      const { id, scene, phase } = body as Asked;
      return {
        ...{ id, scene, phase, start: one.start, end: one.end },
        outcome: outcomes[outcome],
        retryAfter: undefined,
        line: one.completedOn ?? one.invokedOn,
      };
    });
}

/** By job, the lines on which it was found among what the broker had dropped. */
function lettersOf(history: History): Map<string, number[]> {
  const found = noted<DrainedNote>(history, 'drained')
    .filter(({ queue }) => queue === dropped)
    .flatMap(({ messages, line }) => messages.map(({ body }) => ({ body, line })));
  const byJob = grouped(found, ({ body }) =>
    typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined,
  );
  return new Map(
    [...byJob].flatMap(([id, some]) =>
      typeof id === 'string' ? [[id, some.map(({ line }) => line)] as const] : [],
    ),
  );
}

function wordOf({ answer, start, end, completedOn, invokedOn }: Operation<Asked, Told>): Word {
  return { state: answer?.state, start, end, line: completedOn ?? invokedOn };
}

/** When the dependency first said that it is done; Infinity where it never did. */
export const doneAt = ({ calls }: Job): number =>
  Math.min(Infinity, ...calls.filter(({ status }) => status === 200).map(({ end }) => end));

/** When it first came to the dependency; Infinity where it never did. */
export const calledAt = ({ calls }: Job): number => calls[0]?.at ?? Infinity;

export const isAccepted = ({ outcome }: Job): boolean => outcome === 'accepted';
export const isRefused = ({ outcome }: Job): boolean => outcome === 'refused';

export const isDropped = ({ words, deadLetters }: Job): boolean =>
  deadLetters.length > 0 || words.some(({ state }) => state === 'dropped');

export const tookMs = ({ start, end }: Pick<Job, 'start' | 'end'>): number => (end - start) / 1000;

export const shown = (ms: number): string => (Number.isFinite(ms) ? String(Math.round(ms)) : '∞');

/** Sent and done, as the producer would see it, milliseconds. */
export const sojournMs = (job: Job): number => (doneAt(job) - job.start) / 1000;

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

/** What the broker took for what was sent meanwhile, milliseconds; nothing where there is none. */
export function confirmsMs(story: Story, scene: Scene, { from, until }: Span): readonly number[] {
  if (!story.isAtBroker) return [];
  return story
    .of(scene)
    .filter(({ start, end }) => end >= from && start <= until && Number.isFinite(end))
    .map(tookMs);
}

/** Milliseconds that the lab's own dependency took longer than planned, on average. */
export function dependencyLateMs(jobs: readonly Job[], plannedMs: number): number {
  const done = jobs.flatMap(({ calls }) => calls.filter(({ status }) => status === 200));
  return meanOf(done.map(({ at, end }) => Math.max(0, (end - at) / 1000 - plannedMs)));
}

/** One more or one less is held from here on. */
export interface Step {
  readonly at: number;
  readonly held: number;
  readonly job: Job;
}

/**
 * How many jobs were accepted for certain and not done for certain, over time: each from the moment in
 * which its answer was there until the dependency had answered. The program had accepted it before and
 * hears of its end after, so there were never fewer. What was never called is judged elsewhere.
 */
export function heldOver(jobs: readonly Job[]): Step[] {
  const certain = jobs.filter((one) => isAccepted(one) && one.end < doneAt(one));
  const edges = certain
    .filter((one) => Number.isFinite(calledAt(one)))
    .flatMap((job) => [
      { at: job.end, by: 1, job },
      { at: doneAt(job), by: -1, job },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let held = 0;
  return edges.map(({ at, by, job }) => ({ at, held: (held += by), job }));
}

export function mostOf(steps: readonly Step[]): Step | undefined {
  return steps.reduce<Step | undefined>(
    (most, one) => (most && most.held >= one.held ? most : one),
    undefined,
  );
}
