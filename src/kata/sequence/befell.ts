import type { FaultEndedNote, FaultNote } from '../faults.js';
import type { History } from '../history.js';
import type { Step } from './types.js';

/** What befell the roles: whoever draws one subject takes what lies within its time. */
export function befell(history: History): Step[] {
  return [...faultsOf(history), ...endsOf(history)];
}

/** Faults of a kind that hits everything a role does; holds and freezes hit one thing alone. */
const cuts: readonly string[] = ['black-hole', 'partition', 'cut'];

function faultsOf(history: History): Step[] {
  const began = history
    .notes<FaultNote>('fault')
    .filter(({ value: { kind, role } }) => role !== undefined && cuts.includes(kind));
  const ended = history.notes<FaultEndedNote>('fault-ended');
  return began.flatMap(({ value: { n, kind, role = '', target }, at, line }) => {
    const over = kind === 'cut' ? undefined : ended.find((one) => one.value.n === n);
    const what = kind === 'partition' ? kind : `${kind} (${target})`;
    const begins = { kind: 'suffers' as const, role, at, line, what };
    if (over === undefined) return [begins];
    return [begins, { ...begins, at: over.at, line: over.line, what: over.value.how }];
  });
}

const ends = {
  'program-killed': 'killed',
  'program-died': 'died',
  'program-started': 'started',
} as const;

function endsOf(history: History): Step[] {
  return Object.entries(ends).flatMap(([note, what]) =>
    history.notes<{ role?: string }>(note).flatMap(({ value: { role }, at, line }) => {
      return role === undefined ? [] : [{ kind: 'suffers' as const, role, at, line, what }];
    }),
  );
}
