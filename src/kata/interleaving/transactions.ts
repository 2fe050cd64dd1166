import type { Look, SessionEvent, StatementRun, WaitSample, WireEvent } from '../statements.js';
import { deedOf, isBegin, isEnd } from './sql.js';

/** All statements between two ends, with how they ended. */
export interface Transaction {
  readonly id: number;
  readonly session: number;
  readonly statements: readonly StatementRun[];
  readonly from: number;
  readonly to: number;
  /** `open`: the case ended first. */
  readonly how: 'commit' | 'rollback' | 'cut' | 'open';
  /** Its COMMIT lies between these. */
  readonly end: { readonly from: number; readonly to: number };
  /** It has a COMMIT or ROLLBACK of its own. */
  readonly isExplicit: boolean;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

export interface Wire {
  /** In the order in which they began. */
  readonly transactions: readonly Transaction[];
  readonly waits: readonly WaitSample[];
  readonly looks: readonly Look[];
  readonly sessions: readonly SessionEvent[];
}

export function readWire(events: readonly WireEvent[]): Wire {
  const statements = new Map<number, StatementRun[]>();
  const ends = new Map<number, Extract<WireEvent, { kind: 'ended' }>>();
  const waits: WaitSample[] = [];
  const looks: Look[] = [];
  const sessions: SessionEvent[] = [];
  for (const event of events)
    if (event.kind === 'statement')
      statements.set(event.transaction, [...(statements.get(event.transaction) ?? []), event]);
    else if (event.kind === 'ended') ends.set(event.transaction, event);
    else if (event.kind === 'waits') waits.push(event);
    else if (event.kind === 'look') looks.push(event);
    else sessions.push(event);
  const transactions = [...statements].map(([id, runs]) => transactionOf(id, runs, ends.get(id)));
  transactions.sort((a, b) => a.from - b.from || a.id - b.id);
  return { transactions, waits, looks, sessions };
}

function transactionOf(
  id: number,
  runs: readonly StatementRun[],
  end: Extract<WireEvent, { kind: 'ended' }> | undefined,
): Transaction {
  const statements = [...runs].sort((a, b) => a.from - b.from || a.n - b.n);
  const from = Math.min(...statements.map((one) => one.from));
  const last = Math.max(...statements.map((one) => one.to));
  const done = statements.filter(({ outcome }) => outcome !== 'skipped').map(deedOf);
  return {
    ...{ id, session: statements[0]?.session ?? -1, statements, from },
    to: Math.max(last, end?.to ?? last),
    how: end?.how ?? 'open',
    end: { from: end?.from ?? last, to: end?.to ?? Number.POSITIVE_INFINITY },
    isExplicit: statements.some((one) => isEnd(one) || isBegin(one)),
    reads: new Set(done.flatMap(({ reads }) => reads)),
    writes: new Set(done.flatMap(({ writes }) => writes)),
  };
}

export const overlap = (
  a: { readonly from: number; readonly to: number },
  b: { readonly from: number; readonly to: number },
): boolean => a.from <= b.to && b.from <= a.to;

/** One that both touch, and one of them writes. */
export function sharedTable(a: Transaction, b: Transaction): string | undefined {
  const touches = (one: Transaction, table: string): boolean =>
    one.writes.has(table) || one.reads.has(table);
  return (
    [...a.writes].find((table) => touches(b, table)) ??
    [...b.writes].find((table) => touches(a, table))
  );
}
