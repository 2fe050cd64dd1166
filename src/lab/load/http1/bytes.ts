/** What RFC 9110 and 9112 say of single bytes, as tables: the hot loop never makes a string. */

export const CR = 13;
export const LF = 10;
export const SPACE = 32;
export const TAB = 9;
export const COLON = 58;
export const COMMA = 44;
export const SEMICOLON = 59;

/** 1 for the characters of a token (RFC 9110, 5.6.2). */
const tokenBytes = new Uint8Array(256);
for (const char of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  tokenBytes[char.charCodeAt(0)] = 1;

/** 1 for what a field value may hold: visible characters, space, tab, and bytes above 127. */
const valueBytes = new Uint8Array(256).fill(1, 32);
valueBytes[127] = 0;
valueBytes[TAB] = 1;

/** @returns where the token that begins at `from` ends */
export function tokenEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && tokenBytes[bytes[at] as number] === 1) at += 1;
  return at;
}

export function isFieldText(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (valueBytes[bytes[at] as number] === 0) return false;
  return true;
}

export function skipBlanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(bytes[at])) at += 1;
  return at;
}

export function trimBlanks(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(bytes[end - 1])) end -= 1;
  return end;
}

/** @param lower letters in lower case, digits and hyphens */
export function equalsIgnoringCase(
  bytes: Uint8Array,
  from: number,
  to: number,
  lower: Uint8Array,
): boolean {
  if (to - from !== lower.length) return false;
  for (let index = 0; index < lower.length; index += 1) {
    const byte = bytes[from + index] as number;
    const folded = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (folded !== lower[index]) return false;
  }
  return true;
}

/** @returns the value of a hexadecimal digit, or -1 */
export function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** @returns a whole number without sign, at most 15 digits, or -1 */
export function decimal(bytes: Uint8Array, from: number, to: number): number {
  if (to === from || to - from > 15) return -1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}
