import { createHash } from 'node:crypto';

/**
 * The page of the journal as bytes in a string (latin1), so that whatever a learner's editor wrote
 * comes back as it was: other encodings, line ends of every kind, broken UTF-8.
 */
export type ByteText = string;

/** The generated parts of a kata's page. */
export const regions = ['failure', 'implementation', 'code', 'results'] as const;
export type Region = (typeof regions)[number];

/** A generated part of the page: an opening marker, its content, a closing marker. */
export interface Span<R extends string = Region> {
  readonly region: R;
  /** Of the opening marker, and behind the closing one; its line end is outside. */
  readonly start: number;
  readonly end: number;
  /** Behind the line end of the opening marker, and before the closing one. */
  readonly content: ByteText;
  /** What the opening marker says that the content's fingerprint is; undefined where it doesn't. */
  readonly fingerprint: string | undefined;
  readonly eol: '\n' | '\r\n';
  /** Lines of both markers, counted from 1. */
  readonly lines: readonly [number, number];
}

export interface Layout<R extends string = Region> {
  readonly spans: readonly Span<R>[];
  /** Markers without their other half. */
  readonly strays: readonly Marker<R>[];
}

export interface Marker<R extends string = Region> {
  readonly region: R;
  readonly line: number;
}

/**
 * Finds the generated parts. Only an opening marker directly followed by the closing marker of the
 * same name is one: of markers that are nested, crossed, repeated or lost, none is trusted.
 */
export function readLayout<R extends string>(text: ByteText, names: readonly R[]): Layout<R> {
  const found = markersIn(text, names);
  const spans: Span<R>[] = [];
  const strays: Marker<R>[] = [];
  for (let at = 0; at < found.length; at += 1) {
    const open = found[at] as FoundMarker<R>;
    const close = found[at + 1];
    if (!open.closes && close?.closes && close.region === open.region) {
      spans.push(spanOf(text, open, close));
      at += 1;
    } else strays.push({ region: open.region, line: open.line });
  }
  return { spans, strays };
}

export function openingMarker(region: string, content: ByteText): string {
  return `<!-- plan:${region} ${fingerprintOf(content)} -->`;
}

export function closingMarker(region: string): string {
  return `<!-- /plan:${region} -->`;
}

/**
 * Of what the content says. An editor that formats Markdown moves white space, escapes and the
 * dashes under a table's head; that is not the learner's hand, so these do not count.
 */
export function fingerprintOf(content: ByteText): string {
  const words = content
    .split('\n')
    .filter((line) => !isTableRule(line))
    .join('')
    .replace(/[\s\\]+/g, '');
  return createHash('sha256').update(words, 'latin1').digest('hex').slice(0, 12);
}

export function isBlank(content: ByteText): boolean {
  return content.trim() === '';
}

/** Content may quote a program's source or its answer, in which a line could look like a marker. */
export function defuse(content: string): string {
  return content
    .split('\n')
    .map((line) => (anyMarker.test(line) ? ` ${line}` : line))
    .join('\n');
}

function isTableRule(line: string): boolean {
  return /^[ \t]*\|?[ \t:|-]+\|[ \t:|-]*\r?$/.test(line);
}

const byteOrderMark = '\u00EF\u00BB\u00BF';
/** From the first column to the line's end, with nothing else on the line. */
const markerLine = (names: string): RegExp =>
  new RegExp(
    `^(?:${byteOrderMark})?<!--[ \\t]*(/?)plan:(${names})(?:[ \\t]+([^\\r\\n]*?))?[ \\t]*-->[ \\t]*\\r?$`,
  );
const anyMarker = markerLine('[a-z0-9-]+');

interface FoundMarker<R extends string> extends Marker<R> {
  readonly closes: boolean;
  readonly fingerprint: string | undefined;
  readonly start: number;
  /** Behind `-->` and its trailing blanks. */
  readonly end: number;
  /** Of the next line. */
  readonly next: number;
  readonly eol: '\n' | '\r\n';
}

function markersIn<R extends string>(text: ByteText, names: readonly R[]): FoundMarker<R>[] {
  const line = markerLine(names.join('|'));
  const found: FoundMarker<R>[] = [];
  let start = 0;
  for (const [index, read] of text.split('\n').entries()) {
    const [match, slash, region, fingerprint] = line.exec(read) ?? [];
    if (match !== undefined)
      found.push({
        region: region as R,
        line: index + 1,
        closes: slash === '/',
        fingerprint,
        start: read.startsWith(byteOrderMark) ? start + byteOrderMark.length : start,
        end: start + (read.endsWith('\r') ? read.length - 1 : read.length),
        next: Math.min(text.length, start + read.length + 1),
        eol: read.endsWith('\r') ? '\r\n' : '\n',
      });
    start += read.length + 1;
  }
  return found;
}

function spanOf<R extends string>(
  text: ByteText,
  open: FoundMarker<R>,
  close: FoundMarker<R>,
): Span<R> {
  return {
    region: open.region,
    start: open.start,
    end: close.end,
    content: text.slice(open.next, close.start),
    fingerprint: open.fingerprint,
    eol: open.eol,
    lines: [open.line, close.line],
  };
}
