import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../../test/support/history.js';
import { checkProgram } from './program.js';

function broken(writer: HistoryWriter): Record<string, string | undefined> {
  const findings = checkProgram(writer.history()).filter((finding) => !finding.holds);
  return Object.fromEntries(
    findings.map(({ invariant, witness }) => [invariant, witness?.story.en]),
  );
}

const drained = { kind: 'drained', code: 0, signal: null, tookMs: 12, logTail: [] };

describe('the rules of every program', () => {
  it('finds nothing wrong with one that answers and drains', () => {
    const writer = new HistoryWriter();
    writer.note('program-started', {});
    writer.complete(writer.invoke(0, 'buy', {}), 'ok', {});
    writer.complete(writer.invoke(0, 'buy', {}), 'fail', {});
    writer.note('program-stopped', drained);
    expect(broken(writer)).toEqual({});
  });

  it('tells why one never got healthy, with its last lines', () => {
    const writer = new HistoryWriter();
    writer.note('program-unhealthy', {
      kind: 'exited',
      waitedMs: 120,
      detail: 'code 3',
      logTail: ['cannot find module'],
    });
    const story = broken(writer)['becomes-healthy'];
    expect(story).toContain('it ended after 0.1 s, before it was healthy (code 3)');
    expect(story).toContain('cannot find module');
  });

  it('names what did not end with a program that drained', () => {
    const writer = new HistoryWriter();
    writer.note('program-stopped', drained);
    expect(broken(writer)).toEqual({});
    writer.note('program-stopped', { ...drained, escaped: ['4711: node worker.js'] });
    expect(broken(writer)['drains-on-sigterm']).toContain('4711: node worker.js');
  });

  it('blames who takes connections after SIGTERM, and names one that kept it', () => {
    const open = new HistoryWriter();
    open.note('program-stopped', { ...drained, answeredMs: 1_400 });
    expect(broken(open)['drains-on-sigterm']).toContain('1400 ms after SIGTERM it still took');
    const silent = new HistoryWriter();
    silent.note('program-stopped', { ...drained, beside: 'silent' });
    expect(broken(silent)).toEqual({});
    silent.note('program-stopped', { ...drained, kind: 'killed', code: null, beside: 'silent' });
    expect(broken(silent)['drains-on-sigterm']).toContain('on which nothing was ever sent');
  });

  it('tells apart a program that died and one that closes connections', () => {
    const reset = { kind: 'connection', detail: 'ECONNRESET' } as const;
    const alive = new HistoryWriter();
    alive.unknown(alive.invoke(0, 'buy', {}), reset);
    expect(Object.keys(broken(alive))).toEqual(['follows-the-contract']);

    const dead = new HistoryWriter();
    dead.unknown(dead.invoke(0, 'buy', {}), reset);
    dead.note('program-died', { ...drained, kind: 'already-dead', code: 7, logTail: ['boom'] });
    expect(Object.keys(broken(dead))).toEqual(['stays-alive']);
    expect(broken(dead)['stays-alive']).toContain('code 7');
  });

  describe('a connection that broke without an answer', () => {
    const reset = { kind: 'connection', detail: 'ECONNRESET' } as const;
    const cut = { n: 0, kind: 'cut', target: 'program', detail: { how: 'rst' } };
    const held = { n: 1, kind: 'hold', target: '127.0.0.1:4711', detail: {} };
    const frozen = { n: 2, kind: 'freeze', target: 'purchases', detail: {} };
    const before = [
      ['fault', held],
      ['fault', frozen],
    ] as const;

    it.each([
      ['a kill', 'program-killed', { pid: 7 }],
      ['a cut of its connections', 'fault', cut],
      ['a cut of what was held', 'fault-ended', { n: 1, how: 'cut' }],
    ])('is no fault of the program after %s', (_, f, value) => {
      const writer = new HistoryWriter();
      for (const [kind, note] of before) writer.note(kind, note);
      const op = writer.invoke(0, 'buy', {});
      writer.note(f, value);
      writer.unknown(op, reset);
      expect(broken(writer)).toEqual({});
    });

    it.each([
      ['a cut before the database', 'fault', { ...cut, target: 'database' }],
      ['a hold that was released', 'fault-ended', { n: 1, how: 'released' }],
    ])('is one after %s', (_, f, value) => {
      const writer = new HistoryWriter();
      for (const [kind, note] of before) writer.note(kind, note);
      const op = writer.invoke(0, 'buy', {});
      writer.note(f, value);
      writer.unknown(op, reset);
      expect(Object.keys(broken(writer))).toEqual(['follows-the-contract']);
    });

    it('is one where the experiment broke others, before or after it', () => {
      const writer = new HistoryWriter();
      writer.note('fault', cut);
      writer.unknown(writer.invoke(0, 'buy', {}), reset);
      writer.note('program-killed', {});
      expect(Object.keys(broken(writer))).toEqual(['follows-the-contract']);
    });
  });

  it('says in both languages how long it waited for what hung', () => {
    const said = (extra: object): unknown => {
      const writer = new HistoryWriter();
      const problem = { kind: 'timeout', detail: 'no answer within 10 s', ...extra } as const;
      writer.unknown(writer.invoke(0, 'buy', {}), problem);
      const found = checkProgram(writer.history()).find((one) => one.holds === false);
      return found?.witness?.story;
    };
    expect(said({ withinMs: 10_000 })).toMatchObject({
      en: expect.stringContaining('hung: no answer within 10 s') as string,
      es: expect.stringContaining('se colgó (sin respuesta en 10 s)') as string,
    });
    expect(said({ withinMs: 30_000, toAnybody: true })).toMatchObject({
      es: expect.stringContaining('(ninguna respuesta a nadie en 30 s)') as string,
    });
    // As an earlier version wrote it down.
    expect(said({})).toMatchObject({ es: expect.stringContaining('no answer within') as string });
  });

  it('counts requests that hung, and does not call them failures', () => {
    const writer = new HistoryWriter();
    writer.unknown(writer.invoke(0, 'buy', {}), { kind: 'timeout', detail: 'no answer in 10 s' });
    writer.complete(writer.invoke(1, 'buy', {}), 'ok', {});
    expect(broken(writer)['answers-in-time']).toContain('1 of 2 requests hung: no answer in 10 s');
  });

  it('tells of a request that was answered twice', () => {
    const writer = new HistoryWriter();
    writer.complete(writer.invoke(0, 'buy', {}), 'ok', {});
    const twice = { process: 0, request: 'POST /buy', received: 'HTTP/1.1 201 Created' };
    writer.note('unasked-answer', twice);
    writer.note('unasked-answer', twice);
    const story = broken(writer)['follows-the-contract'];
    expect(story).toContain('2 times');
    expect(story).toContain('POST /buy');
    expect(story).toContain('HTTP/1.1 201 Created');
  });

  it('shows what was sent, what was expected and what came', () => {
    const writer = new HistoryWriter();
    writer.unknown(writer.invoke(0, 'buy', {}), {
      kind: 'contract',
      detail: 'status 418',
      request: 'POST /buy {}',
      expected: '201',
      received: '418 teapot',
    });
    const story = broken(writer)['follows-the-contract'];
    for (const part of ['POST /buy {}', '201', '418 teapot', 'history line 2'])
      expect(story).toContain(part);
  });

  it.each([
    [{ ...drained, kind: 'killed', code: null, signal: 'SIGKILL' }, 'had to be killed'],
    [{ ...drained, kind: 'nonzero', code: 2 }, 'code 2 instead of code 0'],
  ])('wants a clean end on SIGTERM', (ended, words) => {
    const writer = new HistoryWriter();
    writer.note('program-stopped', ended);
    expect(broken(writer)['drains-on-sigterm']).toContain(words);
  });
});
