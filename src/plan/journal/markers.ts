import { createHash } from 'node:crypto';

/**
 * The page of the journal as bytes in a string (latin1), so that whatever a learner's editor wrote
 * comes back as it was: other encodings, line ends of every kind, broken UTF-8.
 */
export type ByteText = string;

export const regions = ['failure', 'implementation', 'code', 'results'] as const;
export type Region = (typeof regions)[number];

/** A generated part of the page: an opening marker, its content, a closing marker. */
export interface Span {
  readonly region: Region;
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

export interface Layout {
  readonly spans: readonly Span[];
  /** Markers without their other half. */
  readonly strays: readonly Marker[];
}

export interface Marker {
  readonly region: Region;
  readonly line: number;
}

/**
 * Finds the generated parts. Only an opening marker directly followed by the closing marker of the
 * same name is one: of markers that are nested, crossed, repeated or lost, none is trusted.
 */
export function readLayout(text: ByteText): Layout {
  const found = markersIn(text);
  const spans: Span[] = [];
  const strays: Marker[] = [];
  for (let at = 0; at < found.length; at += 1) {
    const open = found[at] as FoundMarker;
    const close = found[at + 1];
    if (!open.closes && close?.closes && close.region === open.region) {
      spans.push(spanOf(text, open, close));
      at += 1;
    } else strays.push({ region: open.region, line: open.line });
  }
  return { spans, strays };
}

export function openingMarker(region: Region, content: ByteText): string {
  return `<!-- plan:${region} ${fingerprintOf(content)} -->`;
}

export function closingMarker(region: Region): string {
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
    .map((line) => (markerLine.test(line) ? ` ${line}` : line))
    .join('\n');
}

function isTableRule(line: string): boolean {
  return /^[ \t]*\|?[ \t:|-]+\|[ \t:|-]*\r?$/.test(line);
}

const byteOrderMark = '\u00EF\u00BB\u00BF';
/** From the first column to the line's end, with nothing else on the line. */
const markerLine = new RegExp(
  `^(?:${byteOrderMark})?<!--[ \\t]*(/?)plan:(${regions.join('|')})(?:[ \\t]+([^\\r\\n]*?))?[ \\t]*-->[ \\t]*\\r?$`,
);

interface FoundMarker extends Marker {
  readonly closes: boolean;
  readonly fingerprint: string | undefined;
  readonly start: number;
  /** Behind `-->` and its trailing blanks. */
  readonly end: number;
  /** Of the next line. */
  readonly next: number;
  readonly eol: '\n' | '\r\n';
}

function markersIn(text: ByteText): FoundMarker[] {
  const found: FoundMarker[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const [match, slash, region, fingerprint] = markerLine.exec(line) ?? [];
    if (match !== undefined)
      found.push({
        region: region as Region,
        line: index + 1,
        closes: slash === '/',
        fingerprint,
        start: line.startsWith(byteOrderMark) ? start + byteOrderMark.length : start,
        end: start + (line.endsWith('\r') ? line.length - 1 : line.length),
        next: Math.min(text.length, start + line.length + 1),
        eol: line.endsWith('\r') ? '\r\n' : '\n',
      });
    start += line.length + 1;
  }
  return found;
}

function spanOf(text: ByteText, open: FoundMarker, close: FoundMarker): Span {
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
