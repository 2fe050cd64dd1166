import type { SeenTable, SqlValue, StatementRun, WireEvent } from '../../kata/statements.js';
import { deedOf } from '../../kata/interleaving/index.js';
import { keyValues } from './key-values.js';
import type { Observer } from '../../services/postgres/observer.js';

/** Of one look. */
const mostTables = 4;
const mostKeys = 60;
const mostRows = 4;
const mostCharacters = 60;
/** Of a case; a transaction that writes after that is not looked after. */
const mostLooks = 3_000;

/** What one database's committed rows look like to others, looked at after each COMMIT. */
export class Looks {
  readonly #observer: Observer;
  readonly #now: () => number;
  readonly #tell: (event: WireEvent) => void;
  readonly #role: string | undefined;
  /** By transaction: what it has written so far. */
  readonly #open = new Map<number, StatementRun[]>();
  #due: { readonly transaction: number; readonly runs: readonly StatementRun[] }[] = [];
  #looking: Promise<void> | undefined;
  #tables: ReadonlyMap<string, readonly string[]> | undefined;
  #looks = 0;

  constructor(
    observer: Observer,
    { now, tell, role }: { now: () => number; tell: (event: WireEvent) => void; role?: string },
  ) {
    this.#observer = observer;
    this.#now = now;
    this.#tell = tell;
    this.#role = role;
  }

  /** Of every event of this database's tap. */
  hear(event: WireEvent): void {
    if (event.kind === 'statement') {
      if (event.outcome !== 'done' || deedOf(event).writes.length === 0) return;
      const runs = this.#open.get(event.transaction) ?? [];
      if (runs.length < mostKeys) this.#open.set(event.transaction, [...runs, event]);
    } else if (event.kind === 'ended') {
      const runs = this.#open.get(event.transaction);
      this.#open.delete(event.transaction);
      if (event.how !== 'commit' || runs === undefined || this.#looks >= mostLooks) return;
      this.#due.push({ transaction: event.transaction, runs });
      this.#looking ??= this.#lookOn();
    }
  }

  /** What is being looked at is seen to its end. */
  async end(): Promise<void> {
    await this.#looking;
  }

  async #lookOn(): Promise<void> {
    while (this.#due.length > 0) {
      const due = this.#due.splice(0);
      this.#looks += 1;
      const from = this.#now();
      try {
        const tables = await this.#look(due.flatMap(({ runs }) => runs));
        const after = due.map(({ transaction }) => transaction);
        if (tables.length > 0) this.#tell({ kind: 'look', from, to: this.#now(), after, tables });
      } catch {
        // It was locked, or is gone: nobody can look.
      }
    }
    this.#looking = undefined;
  }

  async #look(runs: readonly StatementRun[]): Promise<SeenTable[]> {
    const names = [...new Set(runs.flatMap((run) => deedOf(run).writes))];
    this.#tables ??= await this.#keys();
    if (names.some((name) => !this.#tables?.has(name))) this.#tables = await this.#keys();
    const wanted = names.slice(0, mostTables).flatMap((table) => {
      const keys = this.#tables?.get(table);
      return keys === undefined ? [] : [questionOf(table, keys, runs)];
    });
    if (wanted.length === 0) return [];
    // One statement: all of it is of one moment.
    const rows = await this.#observer.query<{ at: number; count: string; rows: Row[] }>(
      wanted.map(({ sql }, at) => sql(at)).join(' UNION ALL '),
      wanted.map(({ values }) => JSON.stringify(values)),
    );
    return rows.map(({ at, count, rows: found }) => ({
      table: wanted[at]?.table ?? '',
      ...(this.#role !== undefined && { role: this.#role }),
      count: Number(count),
      rows: found.map((row) => shownRow(row, wanted[at]?.columns ?? new Set())),
    }));
  }

  /** Ordinary tables alone, with the columns of their primary keys: nothing of the program's runs. */
  async #keys(): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#observer.query<{ name: string; keys: string[] | null }>(
      `SELECT c.relname AS name,
              (SELECT array_agg(a.attname::text) FROM pg_index i
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                WHERE i.indrelid = c.oid AND i.indisprimary) AS keys
         FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND NOT c.relrowsecurity`,
    );
    return new Map(rows.map(({ name, keys }) => [name, keys ?? []]));
  }
}

type Row = Readonly<Record<string, unknown>>;

/** How many rows it has, and those that the statements named by their key. */
function questionOf(table: string, keys: readonly string[], runs: readonly StatementRun[]) {
  const values = keys.map((key) => keyValues(runs, table, key).slice(0, mostKeys));
  const name = `public.${quoted(table)}`;
  const named = keys.map(
    (key, n) => (at: number) =>
      `t.${quoted(key)}::text IN (SELECT jsonb_array_elements_text($${at + 1}::jsonb -> ${n}))`,
  );
  const columns = new Set([...keys, ...runs.flatMap(({ text }) => text.match(/\w+/g) ?? [])]);
  const sql = (at: number): string => {
    const where = keys.length === 0 ? 'false' : named.map((one) => one(at)).join(' AND ');
    return `(SELECT ${at} AS at, (SELECT count(*) FROM ONLY ${name})::text AS count,
      (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM
        (SELECT * FROM ONLY ${name} t WHERE ${where} LIMIT ${mostRows}) r) AS rows
      WHERE $${at + 1}::jsonb IS NOT NULL)`;
  };
  return { table, values, sql, columns };
}

/** Of the columns those that the statements name. */
function shownRow(row: Row, columns: ReadonlySet<string>): Record<string, SqlValue> {
  const named = Object.entries(row).filter(([column]) => columns.has(column));
  return Object.fromEntries(named.map(([column, value]) => [column, shown(value)]));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function shown(value: unknown): SqlValue {
  if (value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
