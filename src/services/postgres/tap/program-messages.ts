import { Fields } from './fields.js';
import type { WireMessage } from './frames.js';

/** What a program says, as far as the tap takes it down. Passwords are not among it. */
export type ProgramMessage =
  | { readonly kind: 'tls' }
  | { readonly kind: 'copied' }
  | { readonly kind: 'sync' | 'function' }
  | { readonly kind: 'startup'; readonly settings: ReadonlyMap<string, string> }
  | { readonly kind: 'cancel'; readonly pid: number }
  | { readonly kind: 'query'; readonly text: string }
  | {
      readonly kind: 'parse';
      readonly name: string;
      readonly text: string;
      readonly types: readonly number[];
    }
  | {
      readonly kind: 'bind';
      readonly portal: string;
      readonly statement: string;
      readonly formats: readonly number[];
      readonly values: readonly (Buffer | undefined)[];
      readonly resultFormats: readonly number[];
    }
  | {
      readonly kind: 'describe' | 'close';
      readonly what: 'statement' | 'portal';
      readonly name: string;
    }
  | { readonly kind: 'execute'; readonly portal: string }
  | { readonly kind: 'copy'; readonly bytes: number; readonly data: Buffer };

const tls = 80877103;
const gss = 80877104;
const cancel = 80877102;

/** @returns undefined for what the tap has no use for */
export function readProgram({ type, body, length }: WireMessage): ProgramMessage | undefined {
  const fields = new Fields(body);
  switch (type) {
    case '':
      return readOpening(fields);
    case 'Q':
      return { kind: 'query', text: fields.text() };
    case 'P':
      return { kind: 'parse', name: fields.text(), text: fields.text(), types: fields.longs() };
    case 'B':
      return {
        kind: 'bind',
        portal: fields.text(),
        statement: fields.text(),
        formats: fields.shorts(),
        values: fields.values(),
        resultFormats: fields.shorts(),
      };
    case 'D':
    case 'C':
      return {
        kind: type === 'D' ? 'describe' : 'close',
        what: fields.byte() === 0x53 ? 'statement' : 'portal',
        name: fields.text(),
      };
    case 'E':
      return { kind: 'execute', portal: fields.text() };
    case 'S':
      return { kind: 'sync' };
    case 'F':
      return { kind: 'function' };
    case 'd':
      return { kind: 'copy', bytes: length, data: body };
    case 'c':
    case 'f':
      return { kind: 'copied' };
    default:
      return undefined;
  }
}

function readOpening(fields: Fields): ProgramMessage {
  const code = fields.long();
  if (code === tls || code === gss) return { kind: 'tls' };
  if (code === cancel) return { kind: 'cancel', pid: fields.long() };
  if (code >> 16 !== 3) throw new RangeError(`protocol ${code >> 16}`);
  const settings = new Map<string, string>();
  for (let name = fields.text(); name !== ''; name = fields.text())
    settings.set(name, fields.text());
  return { kind: 'startup', settings };
}
