import fc from 'fast-check';

/** A valid answer with what a parser must find in it. For tests. */
export interface MadeAnswer {
  readonly bytes: Buffer;
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** Ends only with the connection. */
  readonly untilClose: boolean;
}

const name = fc
  .string({ unit: fc.constantFrom(...lettersOf('abcXYZ019-_')), minLength: 1, maxLength: 12 })
  .map((text) => `x-${text}`);
const text = fc.string({ unit: fc.constantFrom(...lettersOf('ab 19;,="é\t')), maxLength: 20 });
const value = text.map((made) => made.trim());
const fields = fc.array(fc.tuple(name, value), { maxLength: 5 });
const blanks = fc.constantFrom('', ' ', '\t', '  ');
const data = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const statuses = fc.constantFrom(200, 201, 204, 304, 400, 404, 409, 500, 503);

export const madeAnswers: fc.Arbitrary<MadeAnswer> = fc
  .record({
    status: statuses,
    reason: fc.constantFrom('', ' ', ' OK', ' Not quite'),
    interim: fc.array(fc.constantFrom(100, 102, 103), { maxLength: 2 }),
    fields,
    blanks,
    framing: fc.constantFrom('length', 'chunked', 'close'),
    chunks: fc.array(data, { maxLength: 4 }),
    extension: fc.constantFrom('', ';a=b', ';q="v"'),
    trailers: fields,
    upper: fc.boolean(),
  })
  .map((made) => {
    const chunks = made.chunks.filter((chunk) => chunk.length > 0);
    const bodiless = made.status === 204 || made.status === 304;
    const body = bodiless ? Buffer.alloc(0) : Buffer.concat(chunks);
    const framing = bodiless ? 'none' : made.framing;
    const headers = [...made.fields, ...framingField(framing, body.length, made.upper)];
    const lines = headers.map(([field, says]) => `${field}:${made.blanks}${says}\r\n`).join('');
    const interim = made.interim.map((code) => `HTTP/1.1 ${code} Wait\r\nx-early: 1\r\n\r\n`);
    const head = `${interim.join('')}HTTP/1.1 ${made.status}${made.reason}\r\n${lines}\r\n`;
    const coded = framing === 'chunked' ? inChunks(chunks, made.extension, made.trailers) : body;
    return {
      bytes: Buffer.concat([Buffer.from(head, 'latin1'), coded]),
      status: made.status,
      headers: headers.flat(),
      body,
      untilClose: framing === 'close',
    };
  });

/** Ways to cut so many bytes in pieces. */
export function cutsOf(length: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: length }), { maxLength: 12 })
    .map((cuts) => [...cuts, 0, length].sort((a, b) => a - b));
}

function framingField(framing: string, length: number, upper: boolean): [string, string][] {
  const spell = (field: string): string => (upper ? field.toUpperCase() : field);
  if (framing === 'length') return [[spell('content-length'), String(length)]];
  return framing === 'chunked' ? [[spell('transfer-encoding'), spell('chunked')]] : [];
}

function inChunks(
  chunks: readonly Buffer[],
  extension: string,
  trailers: readonly (readonly [string, string])[],
): Buffer {
  const last = trailers.map(([field, says]) => `${field}: ${says}\r\n`).join('');
  return Buffer.concat([
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`0${extension}\r\n${last}\r\n`, 'latin1'),
  ]);
}

function lettersOf(text: string): string[] {
  return Array.from(text);
}
