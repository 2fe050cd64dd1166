import { rolesOf } from '../roles.js';
import type { Kata } from '../define.js';
import type { History } from '../history.js';
import { befell } from './befell.js';
import { seen, type Seen } from './seen.js';
import { client, type Sequence, type Step } from './types.js';

type Drawn = Pick<Kata, 'programs' | 'sequence'>;

/** What was seen of each subject of a case, in the order in which they came up. */
export function sequencesOf(kata: Drawn, history: History, strategy: string): Sequence[] {
  const { sequence: spec } = kata;
  if (spec === undefined) return [];
  const bySubject = new Map<string, Seen[]>();
  for (const one of seen(spec, history, strategy)) {
    const before = bySubject.get(one.subject);
    if (before) before.push(one);
    else bySubject.set(one.subject, [one]);
  }
  const faults = befell(history);
  return [...bySubject].map(([subject, all]) => {
    const own = all.map(({ step }) => step).sort(byTime);
    const end = own.find(({ kind, what }) => kind === 'does' && spec.ends.includes(what))?.what;
    const [first, last] = [own[0]?.at ?? 0, lastOf(own, end !== undefined)];
    const meanwhile = faults.filter(({ at }) => at > first && at < last);
    const steps = [...own, ...meanwhile].sort(byTime);
    return { subject, ...(end !== undefined && { end }), lanes: lanesOf(kata, steps), steps };
  });
}

/** Of one that ended, reading it later makes it no longer. */
function lastOf(steps: readonly Step[], isEnded: boolean): number {
  const isRead = (step: Step): boolean =>
    'from' in step && [step.from, ...step.to].includes(client) && step.kind !== 'tells';
  const own = isEnded ? steps.filter((step) => !isRead(step)) : steps;
  return own.at(-1)?.at ?? 0;
}

/** What was written down first comes first where the clock makes no difference. */
const byTime = (a: Step, b: Step): number => a.at - b.at || a.line - b.line;

function lanesOf(kata: Drawn, steps: readonly Step[]): string[] {
  const met = new Set(
    steps.flatMap((step) => ('role' in step ? [step.role] : [step.from, ...step.to])),
  );
  const known = [client, ...rolesOf(kata)];
  return [
    ...known.filter((one) => met.has(one)),
    ...[...met].filter((one) => !known.includes(one)),
  ];
}

/**
 * The one that tells most of a case: the first that these lines of a witness are about, else one of
 * which something was done and no end seen, else the one with the most to tell.
 */
export function tellingSequence(
  all: readonly Sequence[],
  witnessed: readonly number[],
): Sequence | undefined {
  const isWitnessed = ({ steps }: Sequence): boolean =>
    steps.some(({ line, kind }) => kind !== 'suffers' && witnessed.includes(line));
  const length = ({ steps }: Sequence): number =>
    steps.filter(({ kind }) => kind !== 'suffers').length;
  // Of one that nobody placed there are only questions.
  const isBegun = ({ steps }: Sequence): boolean =>
    steps.some(({ kind }) => kind === 'does' || kind === 'tells');
  return (
    (witnessed.length > 0 ? all.find(isWitnessed) : undefined) ??
    all.find((one) => one.end === undefined && isBegun(one)) ??
    all.reduce<Sequence | undefined>(
      (most, one) => (most === undefined || length(one) > length(most) ? one : most),
      undefined,
    )
  );
}
