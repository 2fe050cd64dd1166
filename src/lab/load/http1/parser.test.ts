import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutsOf, madeAnswers } from './arbitrary.js';
import { ParseError } from './faults.js';
import { ResponseParser } from './parser.js';

const keep = { headers: true, body: true };
const limits = { headBytes: 2_000, bodyBytes: 2_000 };

interface Outcome {
  readonly fault?: string;
  readonly done: boolean;
  readonly used: number;
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly keepAlive: boolean;
}

/** Everything that can be seen of an answer, taken in the given pieces. */
function parse(bytes: Uint8Array, cuts: readonly number[] = [0, bytes.length]): Outcome {
  const parser = new ResponseParser(keep, limits);
  parser.expect();
  let used = 0;
  let fault: string | undefined;
  try {
    for (let piece = 1; piece < cuts.length && !parser.done; piece += 1)
      used = parser.execute(bytes, cuts[piece - 1] as number, cuts[piece] as number);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    ({ fault } = error);
  }
  if (fault !== undefined)
    return { fault, done: false, used: 0, status: 0, headers: [], body: '', keepAlive: false };
  const { done, status, rawHeaders, keepAlive } = parser;
  const body = parser.body().toString('latin1');
  return { done, used, status, headers: rawHeaders, body, keepAlive };
}

function faultOf(text: string): string | undefined {
  return parse(Buffer.from(text, 'latin1')).fault;
}

describe('an answer', () => {
  it('is read as it was made', () => {
    fc.assert(
      fc.property(madeAnswers, (made) => {
        const parser = new ResponseParser(keep, limits);
        parser.expect();
        expect(parser.execute(made.bytes, 0, made.bytes.length)).toBe(made.bytes.length);
        expect(parser.done).toBe(!made.untilClose);
        expect(parser.finish()).toBe(true);
        expect(parser.status).toBe(made.status);
        expect(parser.rawHeaders).toEqual(made.headers);
        expect(parser.body().equals(made.body)).toBe(true);
        expect(parser.bodyBytes).toBe(made.body.length);
      }),
    );
  });

  it('is the same however it is cut, with what follows it left alone', () => {
    const cut = fc
      .tuple(madeAnswers, fc.uint8Array({ maxLength: 40 }))
      .map(([made, rest]) => Buffer.concat([made.bytes, rest]))
      .chain((bytes) => fc.tuple(fc.constant(bytes), cutsOf(bytes.length)));
    fc.assert(
      fc.property(cut, ([bytes, cuts]) => {
        const whole = parse(bytes);
        expect(parse(bytes, cuts)).toEqual(whole);
        const single = Array.from({ length: bytes.length + 1 }, (_, at) => at);
        expect(parse(bytes, single)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('that is spoiled somewhere ends in the same fault however it is cut', () => {
    const spoiled = fc
      .tuple(madeAnswers, fc.nat(), fc.nat({ max: 255 }))
      .map(([{ bytes }, at, byte]) => {
        const copy = Buffer.from(bytes);
        copy[at % copy.length] = byte;
        return copy;
      })
      .chain((bytes) => fc.tuple(fc.constant(bytes), cutsOf(bytes.length)));
    fc.assert(
      fc.property(spoiled, ([bytes, cuts]) => {
        expect(parse(bytes, cuts)).toEqual(parse(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('can be anything at all without more than a ParseError', () => {
    const start = fc.constantFrom('', 'HTTP/1.1 ', 'HTTP/1.1 200 OK\r\n', chunkedHead);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 3_000 }), (head, rest) => {
        const bytes = Buffer.concat([Buffer.from(head), rest]);
        expect(parse(bytes).used).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('to a HEAD has no body whatever its length says', () => {
    const parser = new ResponseParser(keep);
    parser.expect(true);
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nHTTP/1.1');
    expect(parser.execute(bytes, 0, bytes.length)).toBe(bytes.length - 8);
    expect(parser).toMatchObject({ done: true, bodyBytes: 0 });
  });

  it.each([
    ['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', true],
    ['HTTP/1.1 200 OK\r\nConnection: foo, Close\r\ncontent-length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n', true],
    ['HTTP/1.1 200 OK\r\n\r\n', false],
  ])('%j keeps the connection: %s', (text, keepAlive) => {
    expect(parse(Buffer.from(text)).keepAlive).toBe(keepAlive);
  });
});

const chunkedHead = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

describe('what is no answer is refused', () => {
  const refused = [
    ['status-line', 'hello'],
    ['status-line', 'HTTP/2.0 200 OK\r\n'],
    ['status-line', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['status-line', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['status-line', 'HTTP/1.1 099 OK\r\n\r\n'],
    ['status-line', 'HTTP/1.1  200 OK\r\n\r\n'],
    ['status-line', 'HTTP/1.1 200 OK\n\n'],
    ['status-line', 'HTTP/1.1 200 O\0K\r\n'],
    ['header', 'HTTP/1.1 200 OK\r\nname\r\n'],
    ['header', 'HTTP/1.1 200 OK\r\nname : v\r\n'],
    ['header', 'HTTP/1.1 200 OK\r\n: v\r\n'],
    ['header', 'HTTP/1.1 200 OK\r\na: b\r\n folded\r\n'],
    ['header', 'HTTP/1.1 200 OK\r\na: b\rc\r\n'],
    ['header', 'HTTP/1.1 200 OK\r\na: b\n'],
    ['header', `${chunkedHead}0\r\nbroken trailer\r\n`],
    ['content-length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n'],
    ['content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 1x\r\n'],
    ['content-length', 'HTTP/1.1 200 OK\r\ncontent-length:\r\n'],
    ['content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999\r\n'],
    ['content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\nContent-Length: 1\r\n'],
    ['transfer-encoding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n'],
    ['transfer-encoding', chunkedHead.replace('\r\n\r\n', '\r\ncontent-length: 1\r\n\r\n')],
    ['transfer-encoding', chunkedHead.replace('1.1', '1.0')],
    ['chunk', `${chunkedHead}\r\n`],
    ['chunk', `${chunkedHead}xyz\r\n`],
    ['chunk', `${chunkedHead}5 5\r\n`],
    ['chunk', `${chunkedHead}5 ;a=b\r\n`],
    ['chunk', `${chunkedHead}ffffffffffff\r\n`],
    ['chunk', `${chunkedHead}1\r\nab\r\n`],
    ['chunk', `${chunkedHead}1\n`],
    ['chunk', `${chunkedHead}1;${'x'.repeat(300)}`],
    ['upgrade', 'HTTP/1.1 101 Switching\r\n\r\n'],
    ['head-too-large', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(2_000)}`],
    ['head-too-large', 'HTTP/1.1 100 Wait\r\n\r\n'.repeat(200)],
    ['head-too-large', `${chunkedHead}0\r\n${'a: b\r\n'.repeat(400)}`],
    ['body-too-large', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(2_001)}`],
  ] as const;
  it.each(refused.map(([fault, text]) => ({ fault, text, shown: text.slice(15, 75) })))(
    '$fault: $shown',
    ({ fault, text }) => {
      expect(faultOf(text)).toBe(fault);
    },
  );

  it('and a body that only is counted may be of any size', () => {
    const parser = new ResponseParser({ headers: false, body: false }, limits);
    parser.expect();
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n${'x'.repeat(5000)}`);
    parser.execute(bytes, 0, bytes.length);
    expect(parser).toMatchObject({ done: true, bodyBytes: 5000, rawHeaders: [] });
  });
});

describe('beside llhttp, as Node has it', () => {
  let bytes: Buffer = Buffer.alloc(0);
  const server = net.createServer((socket) => {
    socket.once('data', () => socket.end(bytes));
    socket.on('error', () => undefined);
  });
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => void server.close());

  it('it finds the same status, fields and body', async () => {
    await fc.assert(
      fc.asyncProperty(madeAnswers, async (made) => {
        ({ bytes } = made);
        const { port } = server.address() as net.AddressInfo;
        const theirs = await askWithNode(port);
        const { status, headers, body } = parse(bytes);
        expect({ status, headers, body }).toEqual(theirs);
      }),
      { numRuns: 100 },
    );
  });
});

async function askWithNode(port: number): Promise<Partial<Outcome>> {
  const request = http.get({ port, host: '127.0.0.1', agent: false });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces).toString('latin1');
  return { status: answer.statusCode ?? 0, headers: answer.rawHeaders, body };
}
