import type { History, Operation } from '../../src/kata/index.js';
import type {
  Answered,
  Asked,
  Balance,
  Final,
  Held,
  LabRead,
  LeftOpen,
  LookedUp,
  ReadAgain,
  Row,
} from './notes.js';

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
  /** Empty in runs from before it was looked for. */
  readonly leftOpen: readonly { readonly value: LeftOpen; readonly line: number }[];
  /** Empty in runs from before it was asked for. */
  readonly readAgain: readonly { readonly value: ReadAgain; readonly line: number }[];
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
    leftOpen: history.notes<LeftOpen>('left-open'),
    readAgain: history.notes<ReadAgain>('read-again'),
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
