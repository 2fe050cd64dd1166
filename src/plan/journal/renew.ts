import {
  closingMarker,
  defuse,
  fingerprintOf,
  isBlank,
  openingMarker,
  readLayout,
  regions,
  type ByteText,
  type Layout,
  type Region,
  type Span,
} from './markers.js';

/** What `plan` has to say on the page, a text (not bytes) a region. */
export type Contents = Readonly<Record<Region, string>>;

export interface Words {
  /** Goes above a part that the learner had edited and that is now theirs. */
  readonly keptHead: (region: Region) => string;
  /** Goes above the generated parts on a page that had none. */
  readonly appendedHead: string;
}

export interface Renewal {
  readonly bytes: Buffer;
  readonly renewed: readonly Region[];
  /** These said the same already. */
  readonly unchanged: readonly Region[];
  readonly kept: readonly Kept[];
  /** True where the page had no generated part, so that all of them were put at its end. */
  readonly appended: boolean;
}

/**
 * - `edited`: the learner had changed it; their version is now plain text below the new one.
 * - `damaged`, `repeated`: its markers can't be trusted, so it was left as it is.
 * - `removed`: the learner took it out, so it stays out.
 */
export interface Kept {
  readonly region: Region;
  readonly reason: 'edited' | 'damaged' | 'repeated' | 'removed';
  /** Lines of its markers in the page as it was, counted from 1. */
  readonly lines: readonly number[];
}

/**
 * Renews what `plan` measured and leaves every byte of the learner's where it is. Pure, and done
 * twice it is the same as once.
 */
export function renew(page: Uint8Array, contents: Contents, words: Words): Renewal {
  const text: ByteText = Buffer.from(page).toString('latin1');
  const layout = readLayout(text);
  if (layout.spans.length === 0 && layout.strays.length === 0)
    return append(text, contents, words.appendedHead);
  const judged = regions.map((region) => judge(region, layout, contents[region]));
  // From the end, so that the places before it stay true.
  const edits = judged
    .flatMap(({ span, region, kept }) =>
      span ? [{ span, text: replacementOf(span, contents[region], kept, words) }] : [],
    )
    .sort((a, b) => b.span.start - a.span.start);
  let renewed = text;
  for (const { span, text: replacement } of edits)
    renewed = renewed.slice(0, span.start) + replacement + renewed.slice(span.end);
  return {
    bytes: Buffer.from(renewed, 'latin1'),
    renewed: judged.flatMap(({ region, span }) => (span ? [region] : [])),
    unchanged: judged.flatMap(({ region, span, kept }) => (span || kept ? [] : [region])),
    kept: judged.flatMap(({ kept }) => kept ?? []),
    appended: false,
  };
}

interface Judged {
  readonly region: Region;
  /** The part to be replaced, if it is. */
  readonly span?: Span;
  readonly kept?: Kept;
}

function judge(region: Region, { spans, strays }: Layout, content: string): Judged {
  const mine = spans.filter((span) => span.region === region);
  const stray = strays.filter((marker) => marker.region === region).map(({ line }) => line);
  const lines = [...mine.flatMap((span) => span.lines), ...stray].sort((a, b) => a - b);
  const [span, other] = mine;
  if (stray.length > 0) return { region, kept: { region, reason: 'damaged', lines } };
  if (other) return { region, kept: { region, reason: 'repeated', lines } };
  if (!span) return { region, kept: { region, reason: 'removed', lines } };
  const found = fingerprintOf(span.content);
  const wanted = fingerprintOf(toBytes(content));
  if (found === wanted) return span.fingerprint === found ? { region } : { region, span };
  if (span.fingerprint === found || isBlank(span.content)) return { region, span };
  return { region, span, kept: { region, reason: 'edited', lines } };
}

function replacementOf(
  span: Span,
  content: string,
  kept: Kept | undefined,
  { keptHead }: Words,
): ByteText {
  const fresh = block(span.region, content, span.eol);
  if (!kept) return fresh;
  const { eol } = span;
  return `${fresh}${eol}${eol}${withEol(keptHead(span.region), eol)}${eol}${eol}${span.content}`;
}

function block(region: Region, content: string, eol: string): ByteText {
  const body = toBytes(content);
  const lines = [openingMarker(region, body), '', body, '', closingMarker(region)];
  return lines.join('\n').replaceAll('\n', eol);
}

function append(text: ByteText, contents: Contents, head: string): Renewal {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const parts = regions.map((region) => block(region, contents[region], eol));
  const separator = text === '' || text.endsWith('\n') ? eol : eol + eol;
  const addition = [withEol(head, eol), ...parts].join(eol + eol);
  return {
    bytes: Buffer.from(`${text}${separator}${addition}${eol}`, 'latin1'),
    renewed: regions,
    unchanged: [],
    kept: [],
    appended: true,
  };
}

function toBytes(content: string): ByteText {
  const plain = content.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim();
  return Buffer.from(defuse(plain), 'utf8').toString('latin1');
}

function withEol(text: string, eol: string): ByteText {
  return Buffer.from(text, 'utf8').toString('latin1').replaceAll('\n', eol);
}
