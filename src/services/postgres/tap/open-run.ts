import type { SqlValue, StatementRun } from '../../../kata/statements.js';
import { Fields } from './fields.js';
import { decode, formatOf } from './values.js';
import type { Column } from './server-messages.js';

/** Of one statement. */
const mostRows = 20;
const mostParameters = 100;
const mostText = 4_000;
const mostCopied = 400;
/** As long as any type that is decoded by its length, and what is shown of others. */
const mostRaw = 256;

/** A parsed statement. What the server tells of it comes later. */
export class Prepared {
  readonly text: string;
  types: readonly number[];
  columns: readonly Column[] | undefined;

  constructor(text: string, types: readonly number[] = []) {
    this.text = shortened(text);
    this.types = types;
  }
}

/** A bound statement: what it is executed with. */
export class Portal {
  readonly prepared: Prepared;
  readonly from: number;
  readonly #formats: readonly number[];
  readonly #values: readonly (Buffer | undefined)[];
  readonly #resultFormats: readonly number[];
  columns: readonly Column[] | undefined;

  constructor(
    prepared: Prepared,
    from: number,
    bound: {
      readonly formats: readonly number[];
      readonly values: readonly (Buffer | undefined)[];
      readonly resultFormats: readonly number[];
    },
  ) {
    this.prepared = prepared;
    this.from = from;
    this.#formats = bound.formats.slice(0, mostParameters);
    // Copies: what they are cut from is a whole chunk.
    this.#values = bound.values
      .slice(0, mostParameters)
      .map((value) => value && Buffer.from(value.subarray(0, mostRaw * 4)));
    this.#resultFormats = bound.resultFormats.slice(0, mostParameters);
  }

  /** Only once it is answered are the types known for sure. */
  get parameters(): SqlValue[] {
    return this.#values.map((value, n) =>
      decode(value, formatOf(this.#formats, n), this.prepared.types[n] ?? 0),
    );
  }

  get shownColumns(): readonly Column[] {
    const columns = this.columns ?? this.prepared.columns ?? [];
    return columns.map((column, n) => ({ ...column, format: formatOf(this.#resultFormats, n) }));
  }

  /** Where nobody has described it, formats are known all the same. */
  formatOf(n: number): number {
    return formatOf(this.#resultFormats, n);
  }
}

/** A statement under way: what has come back so far. */
export class OpenRun {
  readonly n: number;
  readonly from: number;
  readonly text: string;
  readonly portal: Portal | undefined;
  columns: readonly Column[] = [];
  #rows: (readonly SqlValue[])[] = [];
  #copiedBytes: number | undefined;
  #copied: Buffer = Buffer.alloc(0);

  constructor(n: number, from: number, text: string, portal?: Portal) {
    this.n = n;
    this.from = from;
    this.text = shortened(text);
    this.portal = portal;
  }

  row(body: Buffer): void {
    if (this.#rows.length >= mostRows) return;
    const columns = this.portal ? this.portal.shownColumns : this.columns;
    const values = new Fields(body).values().slice(0, mostParameters);
    this.#rows.push(
      values.map((value, n) => {
        const column = columns[n];
        return decode(value, column?.format ?? this.portal?.formatOf(n) ?? 0, column?.type ?? 0);
      }),
    );
  }

  /** @param bytes of the whole piece, of which `data` is the beginning */
  copy(bytes: number, data: Buffer): void {
    this.#copiedBytes = (this.#copiedBytes ?? 0) + bytes;
    const room = mostCopied - this.#copied.length;
    if (room > 0) this.#copied = Buffer.concat([this.#copied, data.subarray(0, room)]);
  }

  /** What is told of it, but for how it ended. */
  told(): Pick<
    StatementRun,
    'n' | 'text' | 'parameters' | 'from' | 'columns' | 'rows' | 'copiedBytes' | 'copied'
  > {
    const columns = this.portal ? this.portal.shownColumns : this.columns;
    return {
      n: this.n,
      text: this.text,
      parameters: this.portal?.parameters ?? [],
      from: this.from,
      ...(columns.length > 0 && { columns: columns.map(({ name }) => name) }),
      ...((this.#rows.length > 0 || columns.length > 0) && { rows: this.#rows }),
      ...(this.#copiedBytes !== undefined && {
        copiedBytes: this.#copiedBytes,
        copied: copiedText(this.#copied),
      }),
    };
  }
}

function shortened(text: string): string {
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text;
}

/** Rows and columns apart. The binary format keeps its texts readable; all else in it is left out. */
function copiedText(data: Buffer): string {
  const text = data.toString('utf8').trimEnd();
  if (!text.includes('\0')) return text.replaceAll('\t', ', ').replaceAll(/\r?\n/g, '; ');
  const found = text.match(/[\p{L}\p{N}\p{P} ]{3,}/gu) ?? [];
  return found.filter((one) => one !== 'PGCOPY').join(', ');
}
