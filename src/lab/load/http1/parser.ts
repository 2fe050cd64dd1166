import {
  COLON,
  COMMA,
  CR,
  LF,
  SEMICOLON,
  SPACE,
  decimal,
  equalsIgnoringCase,
  hexDigit,
  isFieldText,
  skipBlanks,
  tokenEnd,
  trimBlanks,
} from './bytes.js';
import { ParseError } from './faults.js';
import { Store } from './store.js';

export interface ParserLimits {
  /** Status line, fields and trailers of one answer, interim answers included, bytes. */
  readonly headBytes: number;
  /** Of a body that is kept, bytes. A body that is only counted has no limit. */
  readonly bodyBytes: number;
}

/** What is kept of an answer beside its status and the size of its body. */
export interface Keep {
  readonly headers: boolean;
  readonly body: boolean;
}

/** Answers of a kata are small; hundreds of connections may each keep one. */
const defaultLimits: ParserLimits = { headBytes: 16_384, bodyBytes: 1_048_576 };
const chunkLineBytes = 256;
/** 2^44 bytes: far from where whole numbers end. */
const chunkSizeDigits = 11;

const statusLine = 0;
const fields = 1;
const lengthBody = 2;
const closeBody = 3;
const chunkSize = 4;
const chunkData = 5;
const chunkEnd = 6;
const trailers = 7;
const complete = 8;

const versionPrefix = Buffer.from('HTTP/1.');
const contentLength = Buffer.from('content-length');
const transferEncoding = Buffer.from('transfer-encoding');
const connectionField = Buffer.from('connection');
const chunked = Buffer.from('chunked');
const closeToken = Buffer.from('close');
const keepAliveToken = Buffer.from('keep-alive');

/**
 * A strict HTTP/1.1 response parser that takes bytes as they come, split anywhere, and makes no
 * string and no object of its own unless told to keep headers. Where RFC 9112 lets a recipient be
 * lenient (bare LF, folded lines, blanks before the colon, repeated lengths) it refuses.
 */
export class ResponseParser {
  status = 0;
  /** Whether the connection may carry another request. */
  keepAlive = true;
  /** Size of the body, chunk frames not counted. */
  bodyBytes = 0;
  /** Name and value in turn, as they came, where headers are kept. */
  rawHeaders: string[] = [];

  readonly #keep: Keep;
  readonly #limits: ParserLimits;
  readonly #line = new Store();
  readonly #body = new Store();
  #state = statusLine;
  #withoutBody = false;
  #headBytes = 0;
  /** Of the body or chunk under way. */
  #left = 0;
  #length = -1;
  #chunked = false;
  #minor = 1;
  #begun = false;

  constructor(keep: Keep, limits: ParserLimits = defaultLimits) {
    this.#keep = keep;
    this.#limits = limits;
  }

  get done(): boolean {
    return this.#state === complete;
  }

  /** Whether a byte of the answer has come. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Makes ready for the next answer. @param withoutBody true for the answer to a HEAD */
  expect(withoutBody = false): void {
    this.#state = statusLine;
    this.#withoutBody = withoutBody;
    this.#headBytes = 0;
    this.#begun = false;
    this.bodyBytes = 0;
    this.#line.clear();
    this.#body.clear();
    if (this.#keep.headers) this.rawHeaders = [];
    this.#beginHead();
  }

  /**
   * Reads bytes up to the end of the answer.
   * @returns where it stopped: below `to`, the rest belongs to no answer that was asked for
   * @throws ParseError and nothing else; the parser is then of no use until `expect`
   */
  execute(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    if (at < to) this.#begun = true;
    while (at < to && this.#state !== complete) {
      const state = this.#state;
      if (state === lengthBody || state === chunkData) at = this.#takeCounted(bytes, at, to);
      else if (state === closeBody) at = this.#takeBody(bytes, at, to);
      else at = this.#takeLine(bytes, at, to);
    }
    return at;
  }

  /** The connection was closed by the peer. @returns whether that completes the answer */
  finish(): boolean {
    if (this.#state === closeBody) this.#state = complete;
    return this.done;
  }

  /** The body as it was kept; valid until `expect`. */
  body(): Buffer {
    return this.#body.view();
  }

  #beginHead(): void {
    this.#length = -1;
    this.#chunked = false;
    this.keepAlive = true;
  }

  #takeLine(bytes: Uint8Array, from: number, to: number): number {
    let end = from;
    while (end < to && bytes[end] !== LF) end += 1;
    const whole = end < to;
    const next = whole ? end + 1 : to;
    if (whole && this.#line.length === 0) {
      this.#account(bytes, from, next, next - from);
      this.#readLine(bytes, from, next);
      return next;
    }
    this.#line.append(bytes, from, Math.min(next, from + this.#limits.headBytes + 1));
    const line = this.#line.view();
    this.#account(line, 0, line.length, next - from);
    if (whole) {
      this.#line.clear();
      this.#readLine(line, 0, line.length);
    }
    return next;
  }

  /** Says no as early as it can, so that a peer that never ends its line is not waited for. */
  #account(bytes: Uint8Array, from: number, to: number, fresh: number): void {
    const state = this.#state;
    if (state === chunkSize || state === chunkEnd) {
      if (to - from > chunkLineBytes) throw new ParseError('chunk', 'line too long');
      return;
    }
    if (state === statusLine && !beginsLikeVersion(bytes, from, to))
      throw new ParseError('status-line', 'does not begin with HTTP/1.');
    this.#headBytes += fresh;
    if (this.#headBytes > this.#limits.headBytes)
      throw new ParseError('head-too-large', `more than ${this.#limits.headBytes} bytes`);
  }

  /** @param next after the LF */
  #readLine(bytes: Uint8Array, from: number, next: number): void {
    const end = next - 2;
    if (end < from || bytes[end] !== CR) throw this.#wrong('line does not end in CR LF');
    switch (this.#state) {
      case statusLine:
        this.#readStatusLine(bytes, from, end);
        break;
      case chunkSize:
        this.#readChunkSize(bytes, from, end);
        break;
      case chunkEnd:
        if (end !== from) throw new ParseError('chunk', 'data longer than its size');
        this.#state = chunkSize;
        break;
      case trailers:
        if (end === from) this.#state = complete;
        else this.#readField(bytes, from, end);
        break;
      default:
        if (end === from) this.#endHead();
        else this.#readField(bytes, from, end);
    }
  }

  #readStatusLine(bytes: Uint8Array, from: number, end: number): void {
    const minor = (bytes[from + 7] as number) - 48;
    const code = decimal(bytes, from + 9, Math.min(from + 12, end));
    const wellFormed =
      end >= from + 12 &&
      (minor === 0 || minor === 1) &&
      bytes[from + 8] === SPACE &&
      code >= 100 &&
      (end === from + 12 || bytes[from + 12] === SPACE) &&
      isFieldText(bytes, from + 12, end);
    if (!wellFormed) throw new ParseError('status-line', 'not HTTP/1.x, three digits, a phrase');
    this.#minor = minor;
    this.status = code;
    this.keepAlive = minor === 1;
    this.#state = fields;
  }

  #readField(bytes: Uint8Array, from: number, end: number): void {
    const colon = tokenEnd(bytes, from, end);
    if (colon === from || colon === end || bytes[colon] !== COLON)
      throw new ParseError('header', 'no name and colon');
    const valueFrom = skipBlanks(bytes, colon + 1, end);
    const valueTo = trimBlanks(bytes, valueFrom, end);
    if (!isFieldText(bytes, valueFrom, valueTo))
      throw new ParseError('header', 'control character in a value');
    if (this.#state === trailers) return;
    this.#readFraming(bytes, from, colon, valueFrom, valueTo);
    if (this.#keep.headers)
      this.rawHeaders.push(latin1(bytes, from, colon), latin1(bytes, valueFrom, valueTo));
  }

  /** The three fields that say where the answer ends and whether the connection lives on. */
  #readFraming(bytes: Uint8Array, from: number, colon: number, at: number, end: number): void {
    const length = colon - from;
    if (length === 14 && equalsIgnoringCase(bytes, from, colon, contentLength)) {
      const value = decimal(bytes, at, end);
      if (value < 0) throw new ParseError('content-length', 'not a whole number');
      if (this.#length >= 0) throw new ParseError('content-length', 'given twice');
      this.#length = value;
    } else if (length === 17 && equalsIgnoringCase(bytes, from, colon, transferEncoding)) {
      if (this.#chunked || !equalsIgnoringCase(bytes, at, end, chunked))
        throw new ParseError('transfer-encoding', 'other than chunked, once');
      this.#chunked = true;
    } else if (length === 10 && equalsIgnoringCase(bytes, from, colon, connectionField)) {
      this.#readConnection(bytes, at, end);
    }
  }

  #readConnection(bytes: Uint8Array, from: number, end: number): void {
    let at = from;
    while (at < end) {
      let comma = at;
      while (comma < end && bytes[comma] !== COMMA) comma += 1;
      const begin = skipBlanks(bytes, at, comma);
      const stop = trimBlanks(bytes, begin, comma);
      if (equalsIgnoringCase(bytes, begin, stop, closeToken)) this.keepAlive = false;
      else if (this.#minor === 0 && equalsIgnoringCase(bytes, begin, stop, keepAliveToken))
        this.keepAlive = true;
      at = comma + 1;
    }
  }

  #endHead(): void {
    if (this.#chunked && this.#length >= 0)
      throw new ParseError('transfer-encoding', 'beside a content-length');
    if (this.#chunked && this.#minor === 0)
      throw new ParseError('transfer-encoding', 'in an answer of HTTP/1.0');
    const { status } = this;
    if (status === 101) throw new ParseError('upgrade', 'nobody asked for another protocol');
    if (status < 200) {
      // An interim answer: the real one follows. The head's limit counts on.
      if (this.#keep.headers) this.rawHeaders = [];
      this.#state = statusLine;
      this.#beginHead();
    } else if (this.#withoutBody || status === 204 || status === 304) this.#state = complete;
    else if (this.#chunked) this.#state = chunkSize;
    else if (this.#length < 0) {
      this.#state = closeBody;
      this.keepAlive = false;
    } else {
      this.#left = this.#length;
      this.#state = this.#left === 0 ? complete : lengthBody;
    }
  }

  #readChunkSize(bytes: Uint8Array, from: number, end: number): void {
    let at = from;
    let size = 0;
    for (; at < end; at += 1) {
      const digit = hexDigit(bytes[at] as number);
      if (digit < 0) break;
      size = size * 16 + digit;
    }
    const digits = at - from;
    const extended = at < end && bytes[at] === SEMICOLON && isFieldText(bytes, at, end);
    if (digits === 0 || digits > chunkSizeDigits || (at < end && !extended))
      throw new ParseError('chunk', 'no hexadecimal size');
    this.#left = size;
    this.#state = size === 0 ? trailers : chunkData;
  }

  #takeCounted(bytes: Uint8Array, from: number, to: number): number {
    const next = Math.min(to, from + this.#left);
    this.#takeBody(bytes, from, next);
    this.#left -= next - from;
    if (this.#left === 0) this.#state = this.#state === lengthBody ? complete : chunkEnd;
    return next;
  }

  #takeBody(bytes: Uint8Array, from: number, to: number): number {
    this.bodyBytes += to - from;
    if (!this.#keep.body) return to;
    if (this.bodyBytes > this.#limits.bodyBytes)
      throw new ParseError('body-too-large', `more than ${this.#limits.bodyBytes} bytes`);
    this.#body.append(bytes, from, to);
    return to;
  }

  #wrong(detail: string): ParseError {
    const state = this.#state;
    if (state === statusLine) return new ParseError('status-line', detail);
    return new ParseError(state === chunkSize || state === chunkEnd ? 'chunk' : 'header', detail);
  }
}

function beginsLikeVersion(bytes: Uint8Array, from: number, to: number): boolean {
  const known = Math.min(versionPrefix.length, to - from);
  for (let index = 0; index < known; index += 1)
    if (bytes[from + index] !== versionPrefix[index]) return false;
  return true;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] as number);
  return text;
}
