import type { Finding } from '../findings.js';
import type { History } from '../history.js';
import type { WireEvent } from '../statements.js';
import { heldOf, momentOf } from './moment.js';
import { choosePair, type Part } from './pair.js';
import { stepsOf } from './steps.js';
import { subjectsOf, type Subject } from './subjects.js';
import { tie, type Tied } from './ties.js';
import { readWire, type Wire } from './transactions.js';
import type { Interleaving, Lane, Rest } from './types.js';

export { deedOf } from './sql.js';
export type * from './types.js';

/** What a case came to, as far as the picture asks. */
interface OfCase {
  readonly findings: readonly Finding[];
  /** The invariant that the case is about, where it is to break. */
  readonly by?: string | undefined;
}

/**
 * Pure: what the history and the wire say of the two that prove the finding, or that show why it
 * held. Undefined where nothing was asked of anybody.
 */
export function interleavingOf(
  history: History,
  events: readonly WireEvent[],
  { findings, by }: OfCase,
): Interleaving | undefined {
  const subjects = subjectsOf(history);
  const wire = readWire(events);
  const tied = tie(wire.transactions, subjects);
  const { about, invariant, parts } = choosePair(findings, by, { subjects, tied, wire });
  if (parts.length === 0) return undefined;
  const { steps, undrawn } = stepsOf(parts, wire);
  const moment = about === 'held' ? undefined : momentOf(parts, tied, history);
  const held = about === 'held' ? heldOf(parts, steps) : undefined;
  return {
    about,
    ...(invariant !== undefined && { invariant }),
    lanes: apart(parts.map((part) => laneOf(part, tied))),
    steps,
    ...(moment && { moment }),
    ...(held && { held }),
    rest: restOf({ subjects, wire, tied, parts, undrawn }),
  };
}

function laneOf({ subject, tied }: Part, all: readonly Tied[]): Lane {
  const sessions = [...new Set(tied.map(({ transaction }) => transaction.session))];
  const best = tied.find(({ tie: one }) => one.by === 'value') ?? tied[0];
  const told = { sessions, tie: best?.tie ?? ({ by: 'no-statements' } as const) };
  if (subject === undefined) return { name: String(sessions[0] ?? '?'), kind: 'session', ...told };
  const { name, kind, what } = subject;
  const unsure = all.filter((one) => one.subject === undefined && one.candidates.includes(subject));
  return { name, kind, what, ...told, ...(unsure.length > 0 && { maybe: unsure.length }) };
}

/** Two of one name are told apart by their number. */
function apart(lanes: readonly Lane[]): Lane[] {
  const isSame = lanes.length > 1 && new Set(lanes.map(({ name }) => name)).size === 1;
  return lanes.map((lane, n) => (isSame ? { ...lane, name: `${lane.name} (${n + 1})` } : lane));
}

interface Everything {
  readonly subjects: readonly Subject[];
  readonly wire: Wire;
  readonly tied: readonly Tied[];
  readonly parts: readonly Part[];
  readonly undrawn: number;
}

function restOf({ subjects, wire, tied, parts, undrawn }: Everything): Rest {
  const drawn = new Set(parts.flatMap((part) => part.tied));
  const others = tied.filter((one) => !drawn.has(one)).map(({ transaction }) => transaction);
  const refused: Record<string, number> = {};
  for (const { statements } of others)
    for (const { error } of statements)
      if (error) refused[error.code] = (refused[error.code] ?? 0) + 1;
  const count = (what: string): number => wire.sessions.filter((one) => one.what === what).length;
  const inPicture = new Set(parts.map(({ subject }) => subject));
  return {
    requests: subjects.filter((one) => !inPicture.has(one)).length,
    sessions: new Set(others.map(({ session }) => session)).size,
    committed: others.filter(({ how }) => how === 'commit').length,
    rolledBack: others.filter(({ how }) => how === 'rollback').length,
    refused,
    untied: tied.filter((one) => !drawn.has(one) && one.subject === undefined).length,
    unreadable: count('unreadable'),
    leftOut: count('left-out'),
    undrawn,
  };
}
