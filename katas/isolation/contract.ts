import type { Text } from '../../src/kata/index.js';

export const levels = ['read-committed', 'repeatable-read', 'serializable'] as const;
export type Level = (typeof levels)[number];

/** ✓ is prevented, – happens. */
export type Mark = '✓' | '–';

/** One anomaly of hermitage's table, as data. */
export interface Anomaly {
  readonly id: string;
  readonly name: Text;
  /** What PostgreSQL documents at read committed, repeatable read and serializable. */
  readonly documented: readonly [Mark, Mark, Mark];
  /** The anomaly is prevented where all of its scripts show it prevented. */
  readonly scripts: readonly Script[];
}

export interface Script {
  /** `P4`; of an anomaly with two scripts `PMP-read`. */
  readonly id: string;
  /** In the order in which they are sent; each session has begun its transaction before. */
  readonly steps: readonly Step[];
  /** Both false where the server did something that is neither. */
  readonly happens: (seen: Seen) => boolean;
  readonly prevented: (seen: Seen) => boolean;
}

export interface Step {
  /** Counted from 1. */
  readonly session: number;
  readonly sql: string;
  /** It must wait for another session. */
  readonly waits: boolean;
  /** What a read must show at each level, as `rowsText` writes it. */
  readonly shows: Readonly<Record<Level, string>> | undefined;
}

/** What a script came to, once all of it was played. */
export interface Seen {
  /** What the script's reads returned, in its order; undefined of one that was never made. */
  readonly reads: readonly (string | undefined)[];
  /** Sessions whose COMMIT took effect. */
  readonly committed: readonly number[];
  /** Sessions that the server refused with 40001. */
  readonly refused: readonly number[];
  /** Every statement that must wait did. */
  readonly waited: boolean;
  /** The table afterwards. */
  readonly final: string;
}

type Detail = 'waits' | Readonly<Record<Level, string>>;

/** A statement of a session: `s(2, u(1, 12), waits)`. */
export function s(session: number, sql: string, detail?: Detail): Step {
  return {
    session,
    sql,
    waits: detail === 'waits',
    shows: typeof detail === 'object' ? detail : undefined,
  };
}

export const waits = 'waits';

/** Of a read: what it returns at read committed, and at the levels with one snapshot. */
export function shows(readCommitted: string, oneSnapshot = readCommitted): Detail {
  return {
    'read-committed': readCommitted,
    'repeatable-read': oneSnapshot,
    serializable: oneSnapshot,
  };
}

export const u = (id: number, value: number): string =>
  `UPDATE test SET value = ${value} WHERE id = ${id}`;

export const r = (id: number): string => `SELECT * FROM test WHERE id = ${id}`;

export const rWhere = (condition: string): string => `SELECT * FROM test WHERE ${condition}`;

export const rAll = 'SELECT * FROM test';

export const insert = (id: number, value: number): string =>
  `INSERT INTO test VALUES (${id}, ${value})`;

export const commit = 'COMMIT';
export const abort = 'ROLLBACK';

/** `BEGIN ISOLATION LEVEL REPEATABLE READ` */
export const begin = (level: Level): string =>
  `BEGIN ISOLATION LEVEL ${level.replace('-', ' ').toUpperCase()}`;

export interface Row {
  readonly id: number;
  readonly value: number;
}

/** How many take part. */
export function sessionsOf({ steps }: Script): number {
  return Math.max(...steps.map(({ session }) => session));
}

/** `1⇒10 2⇒20`; nothing for no rows. */
export function rowsText(rows: readonly Row[]): string {
  return [...rows]
    .sort((a, b) => a.id - b.id)
    .map(({ id, value }) => `${id}⇒${value}`)
    .join(' ');
}
