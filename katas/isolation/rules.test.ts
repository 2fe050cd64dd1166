import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from '../../src/kata/history.js';
import { HistoryWriter } from '../../test/support/history.js';
import { levels, type Anomaly, type Level } from './contract.js';
import { anomalies } from './contract/anomalies.js';
import { meanings } from './figures/meanings.js';
import { played, playScript, type Twist } from './rules.histories.js';
import { check } from './rules.js';

const ids = anomalies.map(({ id }) => id);

function judge(history: History, isolation: Level, anomaly = 'all') {
  const { findings, coverage, exhibits } = check(history, { isolation, anomaly });
  return {
    broken: Object.fromEntries(
      findings
        .filter(({ holds }) => !holds)
        .map(({ invariant, witness }) => [invariant, witness?.story.en ?? '']),
    ),
    lines: findings.flatMap(({ witness }) => witness?.lines ?? []),
    missing: coverage.filter(({ met }) => !met).map(({ story }) => story.en),
    marks: exhibits?.cells.map(({ mark }) => mark).join(''),
    exhibits,
  };
}

const right = (level: Level) => played(level).history();

/** What makes the cell come out the other way. */
function flipped({ id, documented, scripts }: Anomaly, level: Level): Record<string, Twist> {
  const dirty: Record<string, Twist> = {
    G0: { neverWaits: true, as: 'read-committed' },
    G1a: { reads: { 1: '1⇒101 2⇒20' } },
    G1b: { reads: { 1: '1⇒101' } },
    G1c: { reads: { 2: '2⇒22', 3: '1⇒11' } },
    OTV: { as: 'read-committed', reads: { 6: '2⇒18' } },
  };
  const dirtyOne = dirty[id];
  if (dirtyOne) return { [id]: dirtyOne };
  const isPrevented = documented[levels.indexOf(level)] === '✓';
  const as: Level = isPrevented ? 'read-committed' : 'serializable';
  return Object.fromEntries(scripts.map((script) => [script.id, { as }]));
}

describe('the documented server', () => {
  it.each([
    ['read-committed', '✓✓✓✓✓–––––'],
    ['repeatable-read', '✓✓✓✓✓✓✓✓––'],
    ['serializable', '✓✓✓✓✓✓✓✓✓✓'],
  ] as const)('holds at %s: %s', (level, row) => {
    expect(judge(right(level), level)).toMatchObject({ broken: {}, missing: [], marks: row });
  });

  it('says by what each anomaly was stopped', () => {
    const how = (level: Level) =>
      Object.fromEntries(
        judge(right(level), level).exhibits?.cells.map((c) => [c.row, c.how.en]) ?? [],
      );
    expect(how('read-committed')).toMatchObject({ G0: 'blocked', G1a: 'snapshot', P4: '' });
    expect(how('repeatable-read')).toMatchObject({
      G0: '40001',
      PMP: '40001',
      'G-single': 'snapshot',
    });
    expect(how('serializable')).toMatchObject({ G1c: '40001', 'G2-item': '40001', G2: '40001' });
  });

  it.each(['G2-item', 'G2', 'G1c'])('may refuse whomever it likes: %s', (id) => {
    // The first COMMIT is refused instead of the second, or a statement before it.
    for (const step of [2, 3, 4]) {
      const history = new HistoryWriter();
      const script = anomalies.find((one) => one.id === id)?.scripts[0];
      if (!script) throw new Error(id);
      playScript(history, script, 'serializable', {
        as: 'repeatable-read',
        errors: { [step]: '40001' },
      });
      expect(judge(history.history(), 'serializable', id)).toMatchObject({
        broken: {},
        marks: '✓',
      });
    }
  });

  it('explains each script in both outcomes', () => {
    for (const { scripts } of anomalies)
      for (const { id } of scripts) {
        expect(meanings[id]?.happens.es).toMatch(/\.\)?$/);
        expect(meanings[id]?.prevented.en).toMatch(/\.\)?$/);
      }
  });
});

describe('a server that differs', () => {
  const cells = levels.flatMap((level) =>
    anomalies.map((anomaly) => [level, anomaly.id, anomaly] as const),
  );

  it.each(cells)('in one cell: %s, %s', (level, id, anomaly) => {
    const { broken, lines } = judge(played(level, ids, flipped(anomaly, level)).history(), level);
    const story = broken['as-documented'] ?? '';
    const heads = [...story.matchAll(/^(\S+) \(.*: documented (.), here (.)$/gm)];
    const documented = anomaly.documented[levels.indexOf(level)];
    expect(heads.map(([, name, was, is]) => [name, was, is])).toEqual([
      [id, documented, documented === '✓' ? '–' : '✓'],
    ]);
    expect(story).toContain('session 2');
    expect(lines.length).toBeGreaterThan(0);
  });

  it('names exactly the cells in which it differs, whichever they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.subarray(anomalies.slice()), (level, wrong) => {
        const twists = Object.assign({}, ...wrong.map((one) => flipped(one, level))) as Record<
          string,
          Twist
        >;
        const { broken } = judge(played(level, ids, twists).history(), level);
        const named = [...(broken['as-documented'] ?? '').matchAll(/^(\S+) \(.*documented/gm)];
        expect(named.map(([, name]) => name)).toEqual(wrong.map(({ id }) => id));
      }),
      { numRuns: 60 },
    );
  });

  it('in a read that nothing explains: neither happens nor prevented', () => {
    const { broken, marks } = judge(
      played('repeatable-read', ids, { 'G-single': { reads: { 6: '2⇒99' } } }).history(),
      'repeatable-read',
    );
    expect(marks).toBe('✓✓✓✓✓✓✓?––');
    expect(broken['as-documented']).toContain(
      'G-single (read skew), repeatable read: documented ✓, here ?',
    );
    expect(broken['reads-as-documented']).toMatch(/session 1 read 2⇒99 instead of 2⇒20/);
  });

  it('in a read that no anomaly turns on', () => {
    const { broken } = judge(
      played('read-committed', ids, { P4: { reads: { 1: '1⇒11' } } }).history(),
      'read-committed',
    );
    expect(Object.keys(broken)).toEqual(['reads-as-documented']);
    expect(broken['reads-as-documented']).toContain('P4: session 2 read 1⇒11 instead of 1⇒10');
  });

  it('in who waits: nobody where one must, or one where nobody should', () => {
    const hasty = played('read-committed', ids, { P4: { neverWaits: true } }).history();
    expect(judge(hasty, 'read-committed').broken['waits-as-documented']).toMatch(
      /^P4, session 2: UPDATE .* returned without waiting \(history line \d+\)\.$/,
    );
    const timid = played('read-committed', ids, { 'G2-item': { alsoWaits: [3] } }).history();
    expect(judge(timid, 'read-committed').broken).toEqual({
      'waits-as-documented': expect.stringMatching(
        /^G2-item, session 2: .* waited for session 1/,
      ) as string,
    });
  });

  it('in refusing somebody at read committed', () => {
    const history = played('read-committed', ids, { G1b: { errors: { 4: '40001' } } }).history();
    expect(judge(history, 'read-committed').broken).toEqual({
      'refuses-nobody-at-read-committed': expect.stringMatching(
        /^G1b: session 2 was refused/,
      ) as string,
    });
  });
});

describe('a run that says nothing', () => {
  it.each(['57014', '55P03', '40P01', 'P0001', 'cut'])('an end by %s proves nothing', (code) => {
    const { broken, missing, marks } = judge(
      played('repeatable-read', ids, { P4: { errors: { 2: code } } }).history(),
      'repeatable-read',
    );
    expect(broken).toEqual({});
    expect(marks).toBe('✓✓✓✓✓✓?✓––');
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatch(
      /^P4 was to be played to its end: session 1 got (.{5} refused|ECONNRESET)/,
    );
  });

  it('a history of nothing', () => {
    const { broken, missing } = judge(new HistoryWriter().history(), 'serializable');
    expect(broken).toEqual({});
    expect(missing).toHaveLength(10);
  });

  it('never takes a right server for a wrong one, wherever its history is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.nat(1_000), (level, at) => {
        const { events } = right(level);
        const cut = new History(events.slice(0, at % events.length));
        const { broken, missing } = judge(cut, level);
        expect(broken).toEqual({});
        expect(missing.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the transcript', () => {
  it('tells of one anomaly step by step: who waits, what came back, the error', () => {
    const history = played('repeatable-read', ['P4']).history();
    const [one, ...others] = judge(history, 'repeatable-read', 'P4').exhibits?.transcripts ?? [];
    expect(others).toEqual([]);
    expect(one).toMatchObject({ row: 'P4', told: true });
    expect(
      one?.moments.map(({ party, said }) => [party, ...said.map(({ text }) => text.es)]),
    ).toEqual([
      [0, 'BEGIN ISOLATION LEVEL REPEATABLE READ'],
      [1, 'BEGIN ISOLATION LEVEL REPEATABLE READ'],
      [0, 'SELECT * FROM test WHERE id = 1', '→ 1⇒10'],
      [1, 'SELECT * FROM test WHERE id = 1', '→ 1⇒10'],
      [0, 'UPDATE test SET value = 11 WHERE id = 1', '→ 1 fila'],
      [1, 'UPDATE test SET value = 11 WHERE id = 1', '⏸ espera a sesión 1'],
      [0, 'COMMIT'],
      [1, '▶ ✘ 40001 refused'],
      [1, 'ROLLBACK'],
    ]);
    expect(one?.meaning.en).toMatch(/^✓ prevented\. The row had changed/);
  });

  it('has both variants of PMP, and is not told where all are played', () => {
    const { exhibits } = judge(right('read-committed'), 'read-committed');
    const titles = exhibits?.transcripts
      .filter(({ row }) => row === 'PMP')
      .map(({ title }) => title.en);
    expect(titles).toEqual([
      'PMP (PMP-read), phantom (predicate), at read committed',
      'PMP (PMP-write), phantom (predicate), at read committed',
    ]);
    expect(exhibits?.transcripts.some(({ told }) => told)).toBe(false);
  });
});
