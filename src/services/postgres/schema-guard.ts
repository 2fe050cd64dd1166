import { errorCode, errorMessage } from '../../base/errors.js';
import type { SchemaChange, SchemaChangedNote } from '../../kata/faults.js';
import { changesBetween, readSchema, type Ask, type Schema } from './schema-facts.js';

/** A statement of the lab's failed on what the program has changed; already in the history. */
export class SchemaChanged extends Error {}

const mostTold = 10;

/**
 * Knows the tables of a case as the lab has made them. The program owns them, so that it can take
 * away what the experiment stands on: what then fails is no defect of the lab's.
 */
export class SchemaGuard {
  readonly #ask: Ask;
  readonly #note: (note: SchemaChangedNote) => void;
  #made: Schema | undefined;

  /** @param ask on a connection on which no statement has failed */
  constructor(ask: Ask, note: (note: SchemaChangedNote) => void) {
    this.#ask = ask;
    this.#note = note;
  }

  /** Before any program can reach the database. */
  async remember(): Promise<void> {
    this.#made = await readSchema(this.#ask);
  }

  /** What a kata's experiment makes or alters by itself is the lab's doing. */
  async run<T>(sql: string, statement: () => Promise<T>): Promise<T> {
    try {
      const isOurs = isDefinition(sql) && (await this.#changes()).length === 0;
      const result = await statement();
      if (isOurs) await this.remember();
      return result;
    } catch (error) {
      return this.#blame(sql, error);
    }
  }

  /** Looks at the end for what would have shown the lab other rows than the program's. */
  async lookForDisguise(): Promise<void> {
    const all = await this.#changes().catch(() => []);
    const changes = all.filter(({ disguises }) => disguises).map(told);
    if (changes.length > 0) this.#note({ changes });
  }

  /** @throws SchemaChanged · the error, where no change is to be seen that explains it */
  async #blame(sql: string, error: unknown): Promise<never> {
    if (!isRefused(error)) throw error;
    const words = `${sql} ${errorMessage(error)}`;
    const all = await this.#changes().catch(() => []);
    const changes = all.filter(({ hinders, table }) => hinders && names(words, table)).map(told);
    if (changes.length === 0) throw error;
    const statement = sql.trim().replaceAll(/\s+/g, ' ').slice(0, 120);
    this.#note({
      changes: changes.slice(0, mostTold),
      failed: { statement, error: errorMessage(error) },
    });
    throw new SchemaChanged(errorMessage(error), { cause: error });
  }

  async #changes() {
    return this.#made === undefined ? [] : changesBetween(this.#made, await readSchema(this.#ask));
  }
}

function told({ kind, name, change }: SchemaChange): SchemaChange {
  return { kind, name, change };
}

function isDefinition(sql: string): boolean {
  return /^\s*(create|alter|drop|grant|revoke)\b/i.test(sql);
}

/** SQLSTATE classes by which the server says that a statement does not fit what is there. */
function isRefused(error: unknown): boolean {
  return /^(0A|22|23|2F|38|39|3F|42|44|P0)[0-9A-Z]{3}$/.test(errorCode(error) ?? '');
}

/** Whether a table is spoken of, with its schema or without. */
function names(words: string, table: string): boolean {
  return words.split(/[^\w$]+/).includes(table.split('.').at(-1) ?? table);
}
