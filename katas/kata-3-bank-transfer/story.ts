import type { History, Operation } from '../../src/kata/index.js';

/**
 * Where in the experiment a transfer is asked for: among the crowd, with nobody else there, several
 * times at once, about to be held between its two writes, or once more after that. What is invalid
 * is no transfer at all.
 */
export type Part = 'crowd' | 'alone' | 'at-once' | 'held' | 'again' | 'invalid';

export interface Asked {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly part: Part;
}

export interface Answered {
  readonly retries: number;
  /** Of a refusal. `unavailable` says nothing of the effect. */
  readonly reason?:
    'insufficient-funds' | 'unknown-account' | 'id-reused' | 'invalid' | 'unavailable';
}

export interface Balance {
  readonly id: string;
  readonly balance: number;
}

export interface Row {
  readonly id: string;
  readonly payer: string;
  readonly payee: string;
  readonly amount: number;
}

/** Note `read`: all accounts, as the lab saw them in one statement. */
export interface LabRead {
  readonly balances: readonly Balance[];
  /** Milliseconds since it was asked. */
  readonly tookMs: number;
  /** The transfer that was held at that moment. */
  readonly held?: string;
}

/** Note `held`: a transfer that was to be stopped at one of its writes, before it took effect. */
export interface Held {
  readonly transfer: string;
  readonly fault: 'crash' | 'cut';
  readonly moment: 'before-credit' | 'before-debit' | 'before-record';
  /** False where it never came to that point. */
  readonly reached: boolean;
}

/** Note `looked-up`, the moment after an answer: whether the transfer was in the database. */
export interface LookedUp {
  readonly transfer: string;
  readonly there: boolean;
}

/** Note `final`: the database once the program has ended. */
export interface Final {
  readonly balances: readonly Balance[];
  readonly transfers: readonly Row[];
  /** How many the server has counted in this database. */
  readonly deadlocks: number;
}

export type Transfer = Operation<Asked, Answered>;

/** All accounts, as somebody saw them. */
export interface Seen {
  readonly balances: readonly Balance[];
  readonly by: 'lab' | 'program';
  readonly line: number;
  /** Microseconds since the case began: from when it was asked to when it was there. */
  readonly start: number;
  readonly end: number;
  readonly held: string | undefined;
}

/** What the rules look at, drawn once from the history. */
export interface Story {
  /** What each account was opened with. */
  readonly opening: ReadonlyMap<string, number>;
  readonly transfers: readonly Transfer[];
  /** Every request for an id, in the order of their invocations. */
  readonly byId: ReadonlyMap<string, readonly Transfer[]>;
  readonly seen: readonly Seen[];
  readonly held: readonly { readonly value: Held; readonly line: number }[];
  readonly lookedUp: readonly { readonly value: LookedUp; readonly line: number }[];
  readonly final: Final;
  readonly rows: ReadonlyMap<string, Row>;
}

export function readStory(history: History): Story {
  const [opening] = history.notes<readonly Balance[]>('opening');
  const [final] = history.notes<Final>('final');
  if (!opening || !final) throw new Error('the history has no opening or no final state');
  const transfers = history.operations<Asked, Answered>('transfer');
  const byId = new Map<string, Transfer[]>();
  for (const one of transfers) byId.set(one.asked.id, [...(byId.get(one.asked.id) ?? []), one]);
  return {
    opening: balancesOf(opening.value),
    transfers,
    byId,
    seen: seenIn(history),
    held: history.notes<Held>('held'),
    lookedUp: history.notes<LookedUp>('looked-up'),
    final: final.value,
    rows: new Map(final.value.transfers.map((row) => [row.id, row])),
  };
}

function seenIn(history: History): Seen[] {
  const byLab = history.notes<LabRead>('read').map(({ value, at, line }): Seen => {
    const { balances, tookMs, held } = value;
    return { balances, by: 'lab', line, start: at - tookMs * 1_000, end: at, held };
  });
  const byProgram = history
    .operations<unknown, { balances: readonly Balance[] }>('accounts')
    .flatMap(({ outcome, answer, start, end, completedOn }): Seen[] =>
      outcome === 'ok' && answer && completedOn !== undefined
        ? [
            {
              balances: answer.balances,
              by: 'program',
              line: completedOn,
              start,
              end,
              held: undefined,
            },
          ]
        : [],
    );
  return [...byLab, ...byProgram].sort((a, b) => a.line - b.line);
}

export function balancesOf(balances: readonly Balance[]): Map<string, number> {
  return new Map(balances.map(({ id, balance }) => [id, balance]));
}

export const totalOf = (balances: Iterable<number>): number =>
  [...balances].reduce((sum, balance) => sum + balance, 0);

export const isDone = (one: Transfer): boolean => one.outcome === 'ok';
/** Neither done nor refused: a broken connection, a timeout, or a 503. */
export const isOpen = (one: Transfer): boolean =>
  one.outcome === 'unknown' || one.answer?.reason === 'unavailable';
export const isRefused = (one: Transfer): boolean => one.outcome === 'fail' && !isOpen(one);
export const lineOf = (one: Transfer): number => one.completedOn ?? one.invokedOn;
/** Lines order what happened without ties, which microseconds do not. */
export const endedOn = (one: Transfer): number => one.completedOn ?? Number.POSITIVE_INFINITY;
/** The same request: the id alone can be that of another transfer. */
export const isSame = (a: Asked, b: Asked): boolean =>
  a.id === b.id && a.from === b.from && a.to === b.to && a.amount === b.amount;

/** `t-7 (25 from a-1 to a-2)` */
export const named = {
  en: ({ id, from, to, amount }: Asked): string => `${id} (${amount} from ${from} to ${to})`,
  es: ({ id, from, to, amount }: Asked): string => `${id} (${amount} de ${from} a ${to})`,
};
