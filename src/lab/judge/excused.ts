import type { FaultEndedNote, FaultNote } from '../../kata/faults.js';
import type { History, Operation, Problem } from '../../kata/history.js';

/** A time in which the experiment, and not the program, may be why a request got no answer. */
interface Disturbance {
  readonly from: number;
  readonly until: number;
  /** What may come of it. */
  readonly problems: readonly Problem['kind'][];
}

/**
 * Tells which requests prove nothing against the program: those under way while the experiment had
 * killed it, or had cut, held back or slowed what it needs to answer. Of a fault behind the program
 * (its database, its broker, an upstream) only slowness is excused: whoever asked must be answered.
 */
export function excuses(history: History): (operation: Operation) => boolean {
  const disturbances = [...kills(history), ...cuts(history), ...slowness(history)];
  return ({ start, end, problem }) =>
    problem !== undefined &&
    disturbances.some(
      ({ from, until, problems }) =>
        problems.includes(problem.kind) && start <= until && end >= from,
    );
}

/** From a kill until a program is started again. */
function kills(history: History): Disturbance[] {
  const started = history.notes('program-started').map(({ at }) => at);
  return history.notes('program-killed').map(({ at: from }) => ({
    from,
    until: started.find((at) => at > from) ?? Number.POSITIVE_INFINITY,
    problems: ['connection', 'timeout'],
  }));
}

/** Moments at which connections to the program were cut. */
function cuts(history: History): Disturbance[] {
  const behind = ['database', 'broker', 'upstream'];
  const faults = history
    .notes<FaultNote>('fault')
    .filter(({ value }) => !behind.includes(value.target));
  const before = new Set(faults.map(({ value }) => value.n));
  const ends = history
    .notes<FaultEndedNote>('fault-ended')
    .filter(({ value: { n, how } }) => before.has(n) && (how === 'cut' || how === 'stopped'));
  return [...faults.filter(({ value }) => value.kind === 'cut'), ...ends].map(({ at }) => ({
    from: at,
    until: at,
    problems: ['connection'],
  }));
}

/** From the beginning of a fault until its end: nobody can answer in time meanwhile. */
function slowness(history: History): Disturbance[] {
  const ended = history.notes<FaultEndedNote>('fault-ended');
  return history
    .notes<Partial<FaultNote>>('fault')
    .filter(({ value: { n, kind } }) => n !== undefined && kind !== 'cut')
    .map(({ value: { n }, at: from }) => ({
      from,
      until: ended.find(({ value }) => value.n === n)?.at ?? Number.POSITIVE_INFINITY,
      problems: ['timeout'],
    }));
}
