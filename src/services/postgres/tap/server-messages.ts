import type { SqlError } from '../../../kata/statements.js';
import { Fields } from './fields.js';
import type { WireMessage } from './frames.js';

export interface Column {
  readonly name: string;
  readonly type: number;
  readonly format: number;
}

const mostColumns = 100;

export function readColumns(body: Buffer): Column[] {
  const fields = new Fields(body);
  const count = Math.min(fields.short(), mostColumns);
  const columns: Column[] = [];
  for (let n = 0; n < count && fields.isWhole; n += 1) {
    const name = fields.text();
    fields.long();
    fields.short();
    const type = fields.long();
    fields.short();
    fields.long();
    columns.push({ name: name.slice(0, 100), type, format: fields.short() });
  }
  return columns;
}

/** `UPDATE 3`, `INSERT 0 1`, `BEGIN`: what was done, and to how many rows. */
export function readTag(body: Buffer): { readonly tag: string; readonly count?: number } {
  const [, tag = '', count] = /^(.*?)(?: (\d+))?$/.exec(tagText(body)) ?? [];
  return { tag, ...(count !== undefined && { count: Number(count) }) };
}

function tagText(body: Buffer): string {
  const text = new Fields(body).text().slice(0, 100);
  // Only INSERT has an object's number before that of the rows.
  return text.replace(/^INSERT \d+ /, 'INSERT ');
}

export function readError(body: Buffer): SqlError {
  const fields = new Fields(body);
  let code = '';
  let message = '';
  for (let letter = fields.byte(); letter !== 0; letter = fields.byte()) {
    const text = fields.text();
    if (letter === 0x43) code = text.slice(0, 5);
    if (letter === 0x4d) message = text.slice(0, 300);
  }
  return { code, message };
}

export function readPid({ body }: WireMessage): number {
  return new Fields(body).long();
}

export function readTypes({ body }: WireMessage): number[] {
  return new Fields(body).longs();
}
