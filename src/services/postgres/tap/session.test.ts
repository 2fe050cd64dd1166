import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { program, server, message, long } from '../../../../test/support/postgres-wire.js';
import { cutUp } from '../../../../test/support/streams.js';
import type { StatementRun, WireEvent } from '../../../kata/statements.js';
import { TappedSession } from './session.js';

type Said = readonly ['program' | 'server', Buffer];

const asks = (...bytes: Buffer[]): Said => ['program', Buffer.concat(bytes)];
const answers = (...bytes: Buffer[]): Said => ['server', Buffer.concat(bytes)];
const opening: Said[] = [
  asks(program.tls),
  answers(server.no),
  asks(program.startup),
  answers(server.welcome(42), server.ready()),
];

/** @param cut makes chunks of what is said in one piece */
function eventsOf(said: readonly Said[], cut = (bytes: Buffer): Buffer[] => [bytes]): WireEvent[] {
  const events: WireEvent[] = [];
  let at = 0;
  const session = new TappedSession({
    ...{ session: 3, numbers: { statements: 0, transactions: 0, sessions: 0 } },
    tell: (event) => events.push(event),
    onCancel: (pid) => events.push({ kind: 'session', session: -1, what: 'cancelled', at, pid }),
  });
  for (const [side, bytes] of said) {
    at += 1;
    for (const chunk of cut(bytes)) session.push(side, chunk, at);
  }
  session.end(at);
  return events;
}

const statements = (said: readonly Said[]): StatementRun[] =>
  eventsOf([...opening, ...said]).filter((one) => one.kind === 'statement');
const briefly = (said: readonly Said[]): unknown[] =>
  statements(said).map(({ text, outcome, transaction }) => [text, outcome, transaction]);

const prepared: Said[] = [
  asks(
    program.parse('s1', 'SELECT quantity FROM stock WHERE sku = $1'),
    program.describeStatement('s1'),
    program.sync,
  ),
  answers(server.parsed, server.types(25), server.columns(['quantity', 23]), server.ready()),
  asks(
    program.bind('s1', ['sku-1'], { formats: [1], results: [1] }),
    program.execute(),
    program.sync,
  ),
  answers(server.bound, server.row(long(7)), server.done('SELECT 1'), server.ready()),
];

const copied: Said[] = [
  asks(
    program.parse('', 'COPY stock FROM STDIN'),
    program.bind(''),
    program.execute(),
    program.sync,
  ),
  answers(server.parsed, server.bound, server.copyIn),
  asks(program.copyData('sku-1\t10\n'), program.copyDone, program.sync),
  answers(server.done('COPY 1'), server.ready()),
];

const several: Said[] = [
  asks(program.query("BEGIN; UPDATE stock SET note = 'a;b'; COMMIT")),
  answers(server.done('BEGIN'), server.done('UPDATE 3'), server.done('COMMIT'), server.ready()),
];

const broken: Said[] = [
  asks(program.query('BEGIN')),
  answers(server.done('BEGIN'), server.ready('T')),
  asks(
    program.parse('', 'UPDATE a'),
    program.bind(''),
    program.execute(),
    program.parse('', 'UPDATE b'),
    program.bind(''),
    program.execute(),
    program.sync,
  ),
  answers(
    server.parsed,
    server.bound,
    server.error('40001', 'could not serialize'),
    server.ready('E'),
  ),
  asks(program.query('ROLLBACK')),
  answers(server.done('ROLLBACK'), server.ready()),
];

describe('a tapped session', () => {
  it('tells a prepared statement with its parameters, rows and interval', () => {
    expect(statements(prepared)).toEqual([
      {
        ...{ kind: 'statement', session: 3, n: 0, transaction: 0, outcome: 'done' },
        text: 'SELECT quantity FROM stock WHERE sku = $1',
        parameters: ['sku-1'],
        ...{ from: 7, to: 8, tag: 'SELECT', count: 1, columns: ['quantity'], rows: [['7']] },
      },
    ]);
  });

  it('tells who it is, and when it ends', () => {
    expect(eventsOf(opening)).toEqual([
      { kind: 'session', session: 3, what: 'opened', at: 4, pid: 42, application: 'a' },
      { kind: 'session', session: 3, what: 'closed', at: 4 },
    ]);
  });

  it('splits a text of several statements, and knows where their transaction ends', () => {
    expect(briefly(several)).toEqual([
      ['BEGIN', 'done', 0],
      ["UPDATE stock SET note = 'a;b'", 'done', 0],
      ['COMMIT', 'done', 0],
    ]);
    expect(eventsOf([...opening, ...several])).toContainEqual({
      ...{ kind: 'ended', session: 3, transaction: 0, how: 'commit', from: 5, to: 6 },
    });
  });

  it('follows COPY, where the server passes over the Sync before the data', () => {
    expect(statements([...copied, ...several])).toMatchObject([
      { text: 'COPY stock FROM STDIN', tag: 'COPY', count: 1, copiedBytes: 9, copied: 'sku-1, 10' },
      { text: 'BEGIN', transaction: 1 },
      {},
      {},
    ]);
  });

  it('follows COPY that is sent in one piece with its data', () => {
    const [[, head] = [], , [, data] = []] = copied;
    const pieces = [head, data].filter((one) => one !== undefined);
    const atOnce: Said[] = [
      asks(...pieces),
      answers(server.parsed, server.bound, server.copyIn, server.done('COPY 1'), server.ready()),
    ];
    expect(statements([...atOnce, ...several])).toMatchObject([
      { tag: 'COPY', copiedBytes: 9 },
      { text: 'BEGIN' },
      { tag: 'UPDATE', count: 3 },
      { text: 'COMMIT' },
    ]);
  });

  it('names the statement that failed, and those of its batch that the server passed over', () => {
    expect(briefly(broken)).toEqual([
      ['BEGIN', 'done', 0],
      ['UPDATE a', 'failed', 0],
      ['UPDATE b', 'skipped', 0],
      ['ROLLBACK', 'done', 0],
    ]);
    expect(statements(broken)[1]?.error).toEqual({ code: '40001', message: 'could not serialize' });
  });

  it('takes a batch without BEGIN for one transaction, which its Sync commits', () => {
    const batch: Said[] = [
      asks(
        program.parse('', 'UPDATE a'),
        program.bind(''),
        program.execute(),
        program.bind(''),
        program.execute(),
        program.sync,
      ),
      answers(
        server.parsed,
        server.bound,
        server.done('UPDATE 1'),
        server.bound,
        server.done('UPDATE 1'),
        server.ready(),
      ),
      ...several,
    ];
    expect(statements(batch).map(({ transaction }) => transaction)).toEqual([0, 0, 1, 1, 1]);
    expect(eventsOf([...opening, ...batch]).find(({ kind }) => kind === 'ended')).toMatchObject({
      ...{ transaction: 0, how: 'commit', from: 5, to: 6 },
    });
  });

  it('does not take going back to a savepoint for an end', () => {
    const said: Said[] = ['BEGIN', 'ROLLBACK TO SAVEPOINT s', 'COMMIT'].flatMap((sql): Said[] => [
      asks(program.query(sql)),
      answers(server.done(sql.split(' ')[0] ?? ''), server.ready(sql === 'COMMIT' ? 'I' : 'T')),
    ]);
    const ends = eventsOf([...opening, ...said]).filter(({ kind }) => kind === 'ended');
    expect(ends).toMatchObject([{ transaction: 0, how: 'commit' }]);
  });

  it('leaves open what became of a statement that was never answered', () => {
    const said: Said[] = [asks(program.query('COMMIT'))];
    expect(briefly(said)).toEqual([['COMMIT', 'cut', 0]]);
    expect(eventsOf([...opening, ...said])).toContainEqual(
      expect.objectContaining({ kind: 'ended', how: 'cut' }),
    );
  });

  it('says that it cannot read what is encrypted or no PostgreSQL', () => {
    const what = (said: Said[]): unknown[] =>
      eventsOf(said).map((one) => 'what' in one && one.what);
    expect(what([asks(program.tls), answers(server.yes), asks(Buffer.from('hello'))])).toEqual([
      'unreadable',
    ]);
    expect(what([asks(Buffer.from('GET / HTTP/1.1\r\n\r\n'))])).toEqual(['unreadable']);
  });

  it('passes on whose statement is to be given up', () => {
    expect(eventsOf([asks(program.cancel(42))])).toMatchObject([{ what: 'cancelled', pid: 42 }]);
  });

  it('keeps only the beginning of what is long, and counts the rows that it leaves out', () => {
    const rows = Array.from({ length: 50 }, (_, n) => server.row(String(n)));
    const sql = `SELECT '${'x'.repeat(100_000)}'`;
    const [run] = statements([
      asks(program.query(sql)),
      answers(server.columns(['n', 23]), ...rows, server.done('SELECT 50'), server.ready()),
    ]);
    expect(run).toMatchObject({ count: 50, outcome: 'done' });
    expect(run?.rows).toHaveLength(20);
    expect(run?.text.length).toBeLessThan(5_000);
  });

  const whole = [...opening, ...prepared, ...copied, ...broken, ...several];

  it('tells the same however the bytes are cut', () => {
    const expected = eventsOf(whole);
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 20 }), (sizes) => {
        expect(eventsOf(whole, (bytes) => cutUp(bytes, sizes))).toEqual(expected);
      }),
    );
    expect(eventsOf(whole, (bytes) => [...bytes].map((one) => Buffer.from([one])))).toEqual(
      expected,
    );
  });

  it('survives whatever comes', () => {
    const letters = fc.constantFrom(...Buffer.from('QPBDECSFHXdcfpRKSZ123tTnDCIEsNGHWVv'));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((one) => Buffer.from(one)),
      fc
        .tuple(letters, fc.uint8Array({ maxLength: 60 }))
        .map(([letter, body]) => message(String.fromCharCode(letter), Buffer.from(body))),
    );
    const said = fc.tuple(fc.constantFrom('program' as const, 'server' as const), bytes);
    fc.assert(
      fc.property(fc.array(said, { maxLength: 40 }), (hostile) => {
        const events = eventsOf([...opening, ...hostile]);
        for (const event of events)
          if (event.kind === 'statement') expect(event.to).toBeGreaterThanOrEqual(event.from);
      }),
      { numRuns: 300 },
    );
  });
});
