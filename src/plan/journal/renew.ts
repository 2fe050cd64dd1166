import {
  closingMarker,
  defuse,
  fingerprintOf,
  isBlank,
  openingMarker,
  readLayout,
  type ByteText,
  type Layout,
  type Region,
  type Span,
} from './markers.js';

/** What `plan` has to say on the page, a text (not bytes) a region. */
export type Contents<R extends string = Region> = Readonly<Record<R, string>>;

export interface Words<R extends string = Region> {
  /** Goes above a part that the learner had edited and that is now theirs. */
  readonly keptHead: (region: R) => string;
  /** Goes above the generated parts on a page that had none. */
  readonly appendedHead: string;
  /** And this below them. */
  readonly appendedTail?: string;
}

export interface Renewal<R extends string = Region> {
  readonly bytes: Buffer;
  readonly renewed: readonly R[];
  /** These said the same already. */
  readonly unchanged: readonly R[];
  readonly kept: readonly Kept<R>[];
  /** True where the page had no generated part, so that all of them were put at its end. */
  readonly appended: boolean;
}

/**
 * - `edited`: the learner had changed it; their version is now plain text below the new one.
 * - `damaged`, `repeated`: its markers can't be trusted, so it was left as it is.
 * - `removed`: the learner took it out, so it stays out.
 */
export interface Kept<R extends string = Region> {
  readonly region: R;
  readonly reason: 'edited' | 'damaged' | 'repeated' | 'removed';
  /** Lines of its markers in the page as it was, counted from 1. */
  readonly lines: readonly number[];
}

/**
 * Renews what `plan` measured and leaves every byte of the learner's where it is. Pure, and done
 * twice it is the same as once.
 */
export function renew<R extends string>(
  page: Uint8Array,
  contents: Contents<R>,
  words: Words<R>,
): Renewal<R> {
  const text: ByteText = Buffer.from(page).toString('latin1');
  const regions = Object.keys(contents) as R[];
  const layout = readLayout(text, regions);
  if (layout.spans.length === 0 && layout.strays.length === 0)
    return append(text, regions, contents, words);
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

interface Judged<R extends string> {
  readonly region: R;
  /** The part to be replaced, if it is. */
  readonly span?: Span<R>;
  readonly kept?: Kept<R>;
}

function judge<R extends string>(
  region: R,
  { spans, strays }: Layout<R>,
  content: string,
): Judged<R> {
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

function replacementOf<R extends string>(
  span: Span<R>,
  content: string,
  kept: Kept<R> | undefined,
  { keptHead }: Words<R>,
): ByteText {
  const fresh = block(span.region, content, span.eol);
  if (!kept) return fresh;
  const { eol } = span;
  return `${fresh}${eol}${eol}${withEol(keptHead(span.region), eol)}${eol}${eol}${span.content}`;
}

function block(region: string, content: string, eol: string): ByteText {
  const body = toBytes(content);
  const lines = [openingMarker(region, body), '', body, '', closingMarker(region)];
  return lines.join('\n').replaceAll('\n', eol);
}

function append<R extends string>(
  text: ByteText,
  regions: readonly R[],
  contents: Contents<R>,
  { appendedHead, appendedTail }: Words<R>,
): Renewal<R> {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const parts = regions.map((region) => block(region, contents[region], eol));
  const separator = text === '' || text.endsWith('\n') ? eol : eol + eol;
  const tail = appendedTail === undefined ? [] : [withEol(appendedTail, eol)];
  const addition = [withEol(appendedHead, eol), ...parts, ...tail].join(eol + eol);
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
