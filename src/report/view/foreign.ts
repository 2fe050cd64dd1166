/**
 * Text that programs, katas, servers and files have written: what would steer the terminal, hide or
 * turn round what stands beside it is shown instead of done.
 *
 * Escape codes (C0, DEL, C1), format characters (bidi controls, zero-width and other ignorable
 * ones, tags), line and paragraph separators, and halves of surrogate pairs. Not line ends, and not
 * the selectors of emoji.
 */
function invisible(): RegExp {
  return (tables ??= new RegExp(
    String.raw`(?![\n\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`,
    'gu',
  ));
}

/** Made where it is first needed: merely to read such a pattern loads the tables of Unicode. */
let tables: RegExp | undefined;

/**
 * Of most texts, found without the tables of Unicode: letters of western languages, and the points,
 * dashes, arrows and marks of ours.
 */
const plain = /^[\n -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2190-\u21ff\u2500-\u27bf]*$/;

/** Several lines may stay several lines. */
export function foreign(text: string): string {
  if (plain.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').replace(invisible(), visible);
}

/** A name, a path, a version: what is on one line stays there. */
export function foreignLine(text: string): string {
  return foreign(text).replaceAll('\n', visible);
}

/** `␛`, or `\u{202e}` where there is no picture of it. */
export function visible(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`;
}

/** JSON in which nothing is invisible, and which reads back as the same value. */
export function foreignJson(value: unknown, indent = 0): string {
  const json = JSON.stringify(value, null, indent) as string | undefined;
  if (json === undefined || plain.test(json)) return json ?? 'null';
  return json.replace(invisible(), (char) =>
    // JSON knows code units only; a character beyond the first plane is two of them.
    Array.from({ length: char.length }, (_, at) => escaped(char.charCodeAt(at))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** What may have several lines, under whatever it lies; everything else is a line. */
const severalLines = new Set(['es', 'en', 'what', 'mend', 'detail', 'problem', 'note']);

/**
 * A record, as it may be told: every text in it made visible, names of fields too. A function gives
 * what it gave, made visible.
 */
export function foreignRecord<T>(record: T): T {
  return shown(record, false) as T;
}

function shown(value: unknown, isLong: boolean): unknown {
  if (typeof value === 'string') return isLong ? foreign(value) : foreignLine(value);
  if (Array.isArray(value)) return value.map((one) => shown(one, isLong));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      foreignLine(key),
      shown(one, severalLines.has(key)),
    ]),
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
