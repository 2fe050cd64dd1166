import type { Finding } from '../findings.js';
import { isBroken } from '../findings.js';
import type { Subject } from './subjects.js';
import type { Tied } from './ties.js';
import { overlap, sharedTable, type Transaction, type Wire } from './transactions.js';

/** What is drawn in one column. */
export interface Part {
  /** Undefined where nobody knows whose the transactions are. */
  readonly subject: Subject | undefined;
  readonly tied: readonly Tied[];
}

export interface Pair {
  readonly about: 'witness' | 'held' | 'shown';
  readonly invariant?: string;
  readonly parts: readonly Part[];
}

/** Those of the witness; where nothing broke, those that show best why it held. */
export function choosePair(
  findings: readonly Finding[],
  by: string | undefined,
  { subjects, tied, wire }: { subjects: readonly Subject[]; tied: readonly Tied[]; wire: Wire },
): Pair {
  const broken = findings.filter(isBroken);
  const told = broken.find(({ invariant }) => invariant === by) ?? broken[0];
  const named = (told?.witness?.lines ?? [])
    .map((line) => subjects.find((one) => one.lines.includes(line)))
    .filter((one) => one !== undefined);
  const [first, another] = [...new Set(named)];
  // One that came again, as a message does, is its own partner.
  const second = another ?? subjects.find((one) => one !== first && one.name === first?.name);
  if (told && first) {
    const one = partOf(first, tied);
    const other = second ? partOf(second, tied) : partnerOf(one, tied, wire);
    const parts = other ? [one, other] : [one];
    return { about: 'witness', invariant: told.invariant, parts: inOrder(parts) };
  }
  const about = told ? 'shown' : 'held';
  const best = tellingPair(tied, wire);
  if (best)
    return { about, ...ofInvariant(told), parts: inOrder(best.map((one) => whole(one, tied))) };
  const some = subjects.slice(0, 2).map((one) => partOf(one, tied));
  return { about, ...ofInvariant(told), parts: some };
}

const ofInvariant = (told: Finding | undefined): { invariant?: string } =>
  told ? { invariant: told.invariant } : {};

/** All that is known to be its own; else what may be: one that nobody else claims. */
function partOf(subject: Subject, tied: readonly Tied[]): Part {
  const own = tied.filter((one) => one.subject === subject);
  return { subject, tied: own };
}

/** Where it is known whose it is, all that is theirs. */
function whole(one: Tied, tied: readonly Tied[]): Part {
  return one.subject ? partOf(one.subject, tied) : { subject: undefined, tied: [one] };
}

/** The one whose first statement came first stands on the left. */
function inOrder(parts: readonly Part[]): Part[] {
  const began = ({ subject, tied }: Part): number =>
    tied[0]?.transaction.from ?? subject?.from ?? Number.POSITIVE_INFINITY;
  return [...parts].sort((a, b) => began(a) - began(b));
}

/** Whoever was in its way, or in whose way it was. */
function partnerOf(part: Part, tied: readonly Tied[], wire: Wire): Part | undefined {
  const others = tied.filter((one) => !part.tied.includes(one));
  const scored = part.tied.flatMap((one) =>
    others.map((other) => ({ other, score: scoreOf(one.transaction, other.transaction, wire) })),
  );
  const best = bestOf(scored);
  return best && best.score > 0 ? whole(best.other, tied) : undefined;
}

/** More would be looked at for long; the first of them tell as much. */
const mostLookedAt = 2_000;

function tellingPair(tied: readonly Tied[], wire: Wire): [Tied, Tied] | undefined {
  const looked = tied.filter(({ transaction }) => isAtWork(transaction)).slice(0, mostLookedAt);
  const scored: { pair: [Tied, Tied]; score: number }[] = [];
  looked.forEach((one, at) => {
    for (const other of looked.slice(at + 1)) {
      // In the order in which they began: no later one overlaps either.
      if (other.transaction.from > one.transaction.to) break;
      const score = scoreOf(one.transaction, other.transaction, wire);
      const known = [one, other].filter(({ subject }) => subject).length;
      if (score > 0) scored.push({ pair: [one, other], score: score * 4 + known });
    }
  });
  return bestOf(scored)?.pair ?? apart(looked);
}

/** Two that touch the same and never met. */
function apart(tied: readonly Tied[]): [Tied, Tied] | undefined {
  for (const [at, one] of tied.entries()) {
    const next = tied[at + 1];
    if (next && sharedTable(one.transaction, next.transaction) !== undefined) return [one, next];
  }
  return undefined;
}

function bestOf<T extends { score: number }>(scored: readonly T[]): T | undefined {
  return scored.reduce<T | undefined>(
    (best, one) => (best === undefined || one.score > best.score ? one : best),
    undefined,
  );
}

const isAtWork = ({ reads, writes }: Transaction): boolean => reads.size + writes.size > 0;

/** How much the two show: a refusal most, then a wait, then a row that was gone, then a meeting. */
function scoreOf(a: Transaction, b: Transaction, { waits }: Wire): number {
  if (a.session === b.session || !overlap(a, b) || sharedTable(a, b) === undefined) return 0;
  const isPair = a.how === 'commit' || b.how === 'commit';
  if (isPair && (wasRefused(a) || wasRefused(b))) return 5;
  const sessions = [a.session, b.session];
  const waited = waits.some(
    (sample) =>
      overlap(sample, a) &&
      overlap(sample, b) &&
      sample.waits.some(
        (one) => sessions.includes(one.session) && one.for.some((of) => sessions.includes(of)),
      ),
  );
  if (waited) return 4;
  if ([a, b].some(({ statements }) => statements.some(changedNothing))) return 3;
  return a.writes.size > 0 && b.writes.size > 0 ? 2 : 1;
}

const conflicts = ['40001', '40P01', '55P03', '23505', '23P01'];

const wasRefused = ({ statements }: Transaction): boolean =>
  statements.some(({ error }) => error !== undefined && conflicts.includes(error.code));

export const changedNothing = ({
  tag,
  count,
}: Pick<Transaction['statements'][number], 'tag' | 'count'>): boolean =>
  (tag === 'UPDATE' || tag === 'INSERT' || tag === 'DELETE') && count === 0;
