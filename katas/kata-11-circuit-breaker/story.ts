import {
  grouped,
  noted,
  orAsLateAs,
  readPulses,
  type Beat,
  type DependencyAnswerNote,
  type DependencyCallNote,
  type DependencyDoorNote,
  type DependencyPhaseNote,
  type DependencyWatchNote,
  type History,
  type Noted,
  type Operation,
  type Pulses,
} from '../../src/kata/index.js';
import { kinds, type Kind } from './contract.js';
import { dependencyOf, layered, type Answered, type Asked, type Scene } from './notes.js';

/** Milliseconds that a call may wait unseen before its time says nothing. */
const seenWithinMs = 100;

/** A call as the dependency saw it; microseconds since the case began. */
export interface Call {
  readonly at: number;
  /** So early it may have come: a dependency that is behind sees it later, by its own fault. */
  readonly since: number;
  readonly line: number;
  readonly phase: string;
  /** When the dependency was done with it; Infinity where it never was. */
  readonly end: number;
  readonly status: DependencyAnswerNote['status'] | undefined;
  readonly price: number | undefined;
}

/** What a client asked, what it got, and what came of it at the dependency. */
export interface Request {
  readonly id: string;
  readonly scene: Scene;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly answer: Answered | undefined;
  readonly calls: readonly Call[];
  /** Another request for the same id was under way, or may have made them: whose its calls were is not certain. */
  readonly isShared: boolean;
  /** Where to read of its answer. */
  readonly line: number;
}

export interface Phase {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

export interface Story {
  /** In the order in which they were sent. */
  of(scene: Scene, kind?: Kind): readonly Request[];
  phase(scene: Scene, name: string, kind?: Kind): Phase | undefined;
  phases(scene: Scene, kind?: Kind): readonly Phase[];
  pulses(scene: Scene): Pulses;
  readonly watches: readonly Noted<DependencyWatchNote>[];
  /** Lines of calls that the dependency saw so late that their time says nothing. */
  readonly blurred: ReadonlySet<number>;
  /** Calls that no request asked for. */
  readonly strangers: readonly (Call & { readonly path: string })[];
  /** Of the two programs one behind the other. */
  readonly layers: { readonly requests: number; readonly calls: number };
}

export function readStory(history: History): Story {
  const doors = beatsByDoor(history);
  const calls = callsOf(history, doors);
  const operations = kinds.flatMap((kind) =>
    history
      .operations<Asked, Answered>(kind)
      .map((operation) => ({ path: `/${kind}/${operation.asked.id}`, kind, operation })),
  );
  const byPath = grouped(operations, ({ path }) => path);
  const requests = [...byPath].flatMap(([path, some]) => requestsOf(some, calls.get(path) ?? []));
  const byScene = grouped(
    requests.sort((a, b) => a.start - b.start),
    ({ scene, kind }) => dependencyOf(scene, kind),
  );
  const phases = grouped(
    noted<DependencyPhaseNote>(history, 'dependency-phase'),
    (one) => one.dependency,
  );
  const beats = grouped(history.operations<{ scene: Scene }>('pulse'), ({ asked }) => asked.scene);
  const of = (scene: Scene, kind: Kind = 'quotes'): readonly Request[] =>
    byScene.get(dependencyOf(scene, kind)) ?? [];
  const phasesOf = (scene: Scene, kind: Kind = 'quotes'): readonly Phase[] => {
    const own = phases.get(dependencyOf(scene, kind)) ?? [];
    const over = Math.max(0, ...of(scene, kind).map(({ start }) => start));
    return own.map(({ phase, at }, n) => ({
      name: phase,
      from: at,
      until: own[n + 1]?.at ?? over,
    }));
  };
  return {
    of,
    phases: phasesOf,
    // Of two that follow each other with one name, the second is where it begins to be asked.
    phase: (scene, name, kind) => phasesOf(scene, kind).findLast((one) => one.name === name),
    pulses: (scene) =>
      orAsLateAs(
        readPulses(
          (beats.get(scene) ?? [])
            .filter(({ outcome }) => outcome === 'ok')
            .map(({ start, end }) => ({ due: start, came: end })),
        ),
        kinds.flatMap((kind) => doors.get(dependencyOf(scene, kind)) ?? []),
      ),
    watches: noted<DependencyWatchNote>(history, 'dependency-watch'),
    blurred: new Set(
      [...calls.values()]
        .flat()
        .flatMap(({ at, since, line }) => (at - since > 1000 * seenWithinMs ? [line] : [])),
    ),
    strangers: [...calls]
      .filter(([path]) => !byPath.has(path))
      .flatMap(([path, some]) => some.map((call) => ({ ...call, path }))),
    layers: layersOf(history),
  };
}

/** A call that was made waits at the dependency's door until it is seen. */
function beatsByDoor(history: History): ReadonlyMap<string, readonly Beat[]> {
  const waits = grouped(
    noted<DependencyDoorNote>(history, 'dependency-door'),
    (one) => one.dependency,
  );
  return new Map(
    [...waits].map(([dependency, some]) => [
      dependency,
      some.map(({ at, lateMs }) => ({ due: at - lateMs * 1000, came: at })),
    ]),
  );
}

function layersOf(history: History): Story['layers'] {
  const calls = noted<DependencyCallNote>(history, 'dependency-call');
  return {
    requests: history.operations(layered).length,
    calls: calls.filter(({ dependency }) => dependency === layered).length,
  };
}

/** By path, in the order in which they came. */
function callsOf(
  history: History,
  doors: ReadonlyMap<string, readonly Beat[]>,
): Map<string, Call[]> {
  const answers = new Map(
    noted<DependencyAnswerNote>(history, 'dependency-answer').map((one) => [
      `${one.dependency} ${one.n}`,
      one,
    ]),
  );
  const all = noted<DependencyCallNote>(history, 'dependency-call');
  const came = all
    .filter(({ dependency }) => dependency !== layered)
    .map((one) => {
      const answer = answers.get(`${one.dependency} ${one.n}`);
      const { at, line, phase, path } = one;
      const { price } = (answer?.body ?? {}) as { price?: number };
      const call: Call = {
        ...{ at, line, phase, price },
        since: sinceAt(at, doors.get(one.dependency) ?? []),
        end: answer?.at ?? Number.POSITIVE_INFINITY,
        status: answer?.status,
      };
      return { path: path.split('?', 1)[0] ?? '', call };
    });
  const byPath = grouped(came, ({ path }) => path);
  return new Map([...byPath].map(([path, some]) => [path, some.map(({ call }) => call)]));
}

/** Whoever waited at the door when it was taken in may have come when the first of them did. */
function sinceAt(at: number, beats: readonly Beat[]): number {
  const waiting = beats.filter(({ due, came }) => due <= at && came >= at);
  return Math.min(at, ...waiting.map(({ due }) => due));
}

interface Asking {
  readonly kind: Kind;
  readonly operation: Operation<Asked, Answered>;
}

/** All for one path, long after one another: a call is for the last that was sent before it. */
function requestsOf(some: readonly Asking[], calls: readonly Call[]): Request[] {
  const ordered = [...some].sort((a, b) => a.operation.start - b.operation.start);
  return ordered.map(({ kind, operation }, n) => {
    const { asked, start, end, answer, completedOn, invokedOn } = operation;
    const from = n === 0 ? Number.NEGATIVE_INFINITY : start;
    const until = ordered[n + 1]?.operation.start ?? Number.POSITIVE_INFINITY;
    const before = Math.max(...ordered.slice(0, n).map((one) => one.operation.end));
    const mine = calls.filter(({ at }) => at >= from && at < until);
    return {
      ...{ id: asked.id, scene: asked.scene, kind, start, end },
      answer: answer ?? undefined,
      calls: mine,
      isShared: before >= start || end >= until || mine.some(({ since }) => since < from),
      line: completedOn ?? invokedOn,
    };
  });
}

/** Answered without a call: the breaker, or whatever stands in its place, kept it back. */
export const isSpared = ({ calls, answer, isShared }: Request): boolean =>
  !isShared &&
  calls.length === 0 &&
  answer !== undefined &&
  (answer.status === 503 || answer.source === 'fallback');

/** When somebody was first rejected, in microseconds. */
export interface Opening {
  /** Calls that came before this were let through before it opened. */
  readonly callsBefore: number;
  /** By now it is open. */
  readonly known: number;
}

/**
 * By the first rejection that was answered, where no half-open time can have been before it: a program
 * that is behind keeps requests from long ago until others have opened it. Else by the first that was
 * sent of those rejected.
 */
export function openingOf(requests: readonly Request[], openMs: number): Opening | undefined {
  const spared = requests.filter(isSpared);
  const [sent] = spared;
  if (!sent) return undefined;
  const known = Math.min(...spared.map(({ end }) => end));
  const firstCall = Math.min(...requests.flatMap(({ calls }) => calls.map(({ at }) => at)));
  return known - firstCall < openMs * 1000
    ? { callsBefore: known, known }
    : { callsBefore: sent.start, known: sent.end };
}

export const isLive = ({ answer }: Request): boolean => answer?.source === 'live';

export const wasAsked = ({ calls }: Request): boolean => calls.length > 0;

export const tookMs = ({ start, end }: Pick<Request, 'start' | 'end'>): number =>
  (end - start) / 1000;

export const shown = (ms: number): string => (Number.isFinite(ms) ? String(Math.round(ms)) : '∞');

/** The last request that was not answered live, once the dependency was well again. */
export function lastOfOutage(story: Story): { ms: number; request: Request | undefined } {
  const recovered = story.phase('outage', 'recovered');
  if (!recovered) return { ms: 0, request: undefined };
  const request = story.of('outage').findLast((one) => one.start >= recovered.from && !isLive(one));
  return { ms: request ? (request.start - recovered.from) / 1000 : 0, request };
}
