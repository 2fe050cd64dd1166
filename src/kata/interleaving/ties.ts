import type { Subject } from './subjects.js';
import { tokensOf } from './sql.js';
import type { Transaction } from './transactions.js';
import type { Tie } from './types.js';

/** Whose a transaction is, as far as anybody can tell. */
export interface Tied {
  readonly transaction: Transaction;
  /** Undefined where nobody can. */
  readonly subject: Subject | undefined;
  readonly tie: Tie;
  /** Those whose it may be. */
  readonly candidates: readonly Subject[];
}

/**
 * Ties transactions to what was under way: by values that only one of them has, or since there was
 * only one. A pool gives its connections to whoever comes, so the connection alone says nothing.
 */
export function tie(transactions: readonly Transaction[], subjects: readonly Subject[]): Tied[] {
  return transactions.map((transaction) => tieOne(transaction, underWay(subjects, transaction)));
}

/** It cannot be of a request that began later, or had ended before. */
function underWay(subjects: readonly Subject[], { from }: Transaction): Subject[] {
  return subjects.filter((one) => one.from <= from && one.to >= from);
}

function tieOne(transaction: Transaction, candidates: readonly Subject[]): Tied {
  const told = { transaction, candidates };
  const shared = sharedValues(transaction, candidates);
  // Two values that point at two requests tell of neither.
  const alone = shared.filter(({ of }) => of.length === 1);
  const named = new Set(alone.flatMap(({ of }) => of));
  const [rarest] = shared;
  const [subject] = named;
  if (rarest && subject && named.size === 1)
    return { ...told, subject, tie: { by: 'value', value: rarest.value } };
  const [only, second] = candidates;
  if (only && !second) return { ...told, subject: only, tie: { by: 'time' } };
  const among = named.size > 1 ? [...named] : (rarest?.of ?? []);
  // Of a value that nearly all have, nobody is told from the others.
  const names = among.length <= mostNamed ? [...new Set(among.map(({ name }) => name))] : [];
  return {
    ...told,
    subject: undefined,
    tie: { by: 'nothing', candidates: candidates.length, among: names },
    candidates: among.length > 0 ? among : candidates,
  };
}

const mostNamed = 3;

/** Values of the requests that are in the statements, with those who have them: the rarest first. */
function sharedValues(
  { statements }: Transaction,
  candidates: readonly Subject[],
): { readonly value: string; readonly of: readonly Subject[] }[] {
  const tokens = new Set(statements.flatMap((one) => [...tokensOf(one)]));
  const having = new Map<string, Subject[]>();
  for (const subject of candidates)
    for (const value of subject.values)
      if (tokens.has(value)) having.set(value, [...(having.get(value) ?? []), subject]);
  return [...having]
    .map(([value, of]) => ({ value, of }))
    .sort((a, b) => a.of.length - b.of.length);
}
