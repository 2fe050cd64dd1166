import type { SqlValue } from '../../../kata/statements.js';

/** Of one value. */
const mostCharacters = 200;
const mostBytes = 32;

/** The n-th is in this format: none is text, one is for all. */
export function formatOf(formats: readonly number[], n: number): number {
  return formats.length === 1 ? (formats[0] ?? 0) : (formats[n] ?? 0);
}

/**
 * A value as PostgreSQL would write it as text. One in binary of a type that is not known here, or
 * not as long as that type is, is shown by its bytes.
 * @param oid of its type, 0 where nobody has said
 */
export function decode(bytes: Buffer | undefined, format: number, oid: number): SqlValue {
  if (bytes === undefined) return null;
  if (format === 0) return text(bytes);
  const known = binary[oid];
  if (known === undefined || (known.size !== undefined && known.size !== bytes.length))
    return hex(bytes);
  try {
    return known.read(bytes);
  } catch (error) {
    if (error instanceof RangeError) return hex(bytes);
    throw error;
  }
}

interface BinaryType {
  readonly size?: number;
  readonly read: (bytes: Buffer) => string;
}

/** Days and microseconds count from 2000. */
const epochMs = Date.UTC(2000, 0, 1);

const asText: BinaryType = { read: text };
const binary: Readonly<Record<number, BinaryType>> = {
  16: { size: 1, read: (bytes) => (bytes[0] === 0 ? 'f' : 't') },
  17: { read: hex },
  18: asText,
  19: asText,
  20: { size: 8, read: (bytes) => String(bytes.readBigInt64BE()) },
  21: { size: 2, read: (bytes) => String(bytes.readInt16BE()) },
  23: { size: 4, read: (bytes) => String(bytes.readInt32BE()) },
  25: asText,
  26: { size: 4, read: (bytes) => String(bytes.readUInt32BE()) },
  114: asText,
  700: { size: 4, read: (bytes) => String(Number(bytes.readFloatBE().toPrecision(7))) },
  701: { size: 8, read: (bytes) => String(bytes.readDoubleBE()) },
  705: asText,
  1042: asText,
  1043: asText,
  1082: { size: 4, read: (bytes) => dateAt(epochMs + bytes.readInt32BE() * 86_400_000, 10) },
  1114: { size: 8, read: (bytes) => momentOf(bytes) },
  1184: { size: 8, read: (bytes) => `${momentOf(bytes)}+00` },
  1700: { read: numeric },
  2950: { size: 16, read: uuid },
  3802: { read: (bytes) => text(bytes.subarray(1)) },
};

function text(bytes: Buffer): string {
  const read = bytes.toString('utf8', 0, mostCharacters * 4);
  return read.length > mostCharacters ? `${read.slice(0, mostCharacters)}…` : read;
}

function hex(bytes: Buffer): string {
  const rest = bytes.length > mostBytes ? '…' : '';
  return `\\x${bytes.toString('hex', 0, mostBytes)}${rest}`;
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function momentOf(bytes: Buffer): string {
  const micros = bytes.readBigInt64BE();
  const ms = epochMs + Number(micros / 1000n);
  return dateAt(ms, 23).replace('T', ' ');
}

/** @throws RangeError for one that no calendar has: infinity */
function dateAt(ms: number, characters: number): string {
  return new Date(ms).toISOString().slice(0, characters);
}

/** Groups of four decimal digits. @throws RangeError where it is shorter than it says */
function numeric(bytes: Buffer): string {
  const count = bytes.readUInt16BE(0);
  const weight = bytes.readInt16BE(2);
  const sign = bytes.readUInt16BE(4);
  const scale = bytes.readUInt16BE(6);
  if (sign === 0xc000) return 'NaN';
  if (sign > 0x4000 || count > 64 || Math.abs(weight) > 64 || scale > 256) return hex(bytes);
  const digit = (n: number): string =>
    String(n >= 0 && n < count ? bytes.readUInt16BE(8 + 2 * n) : 0).padStart(4, '0');
  const whole = Array.from({ length: Math.max(0, weight + 1) }, (_, n) => digit(n)).join('');
  const parts = Array.from({ length: Math.ceil(scale / 4) }, (_, n) => digit(weight + 1 + n));
  const fraction = parts.join('').slice(0, scale);
  const shown = whole.replace(/^0+(?=\d)/, '') || '0';
  return `${sign === 0x4000 ? '-' : ''}${shown}${fraction === '' ? '' : `.${fraction}`}`;
}
