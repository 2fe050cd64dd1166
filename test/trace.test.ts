import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownThread } from '../src/report/terminal/trace/report.js';
import { makeDesk, repository, type Desk } from './support/cli.js';

/** Two runs of kata 13 as they were stored, of one order each, which failed at first. */
const stored = path.join(repository, 'test', 'fixtures', 'traces');
const cutOff = path.join('results', 'kata-13', '2026-11-29T15-13-08Z');
const whole = path.join('results', 'kata-13', '2026-11-29T15-13-22Z');
const order = 'order-fails-once-00000';

describe('plan trace', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await makeDesk();
    cpSync(stored, path.join(desk.folder, 'results'), { recursive: true });
  });
  afterAll(() => desk.remove());

  const trace = async (...words: string[]): Promise<ShownThread> => {
    const { exitCode, data, stderr } = await desk.json('trace', ...words);
    expect(exitCode, stderr).toBe(0);
    return data as ShownThread;
  };

  it('shows of the last run all that is known of one order', async () => {
    const { run, names, spans, gaps, lines, seen } = await trace();
    expect(run).toBe(whole);
    expect(names).toEqual([order, 'fails-once-1', '14ebbb887efd210fb1bdae4450230952']);
    expect(spans.map(({ service, kind, depth, status }) => [service, kind, depth, status])).toEqual(
      [
        ['api', 'server', 0, 'unset'],
        ['api', 'producer', 1, 'unset'],
        ['worker', 'consumer', 2, 'error'],
        ['worker', 'client', 3, 'error'],
        ['worker', 'consumer', 2, 'unset'],
        ['worker', 'client', 3, 'unset'],
      ],
    );
    expect(gaps).toEqual([]);
    expect(lines.map(({ role }) => role)).toEqual(['api', 'api', 'worker', 'worker']);
    expect(seen.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['place → api', 'OrderPlaced', 'place: ok', 'rows']),
    );
  });

  it.each([
    ['an order', order],
    ['a request', 'fails-once-1'],
    ['a trace', '14ebbb887efd'],
  ])('finds it by the id of %s', async (_, id) => {
    expect((await trace(id)).names).toContain(order);
  });

  it('finds what failed, and says where a thread is cut', async () => {
    const { case: slug, gaps } = await trace('--failed', '--run', cutOff);
    expect(slug).toBe('http-only-node');
    const cut = { kind: 'cut', service: 'worker', span: 'process orders' };
    // One an attempt: each begins a trace of its own.
    expect(gaps).toMatchObject([
      { ...cut, traceId: '7c80c518f2e4a2020b37cd0accd20c6a' },
      { ...cut, traceId: '93ef8182387f64d12e18390bc67fffa0' },
    ]);
  });

  it('is a picture of at most 80 columns, in Spanish too', async () => {
    for (const locale of ['en', 'es']) {
      const { exitCode, stdout } = await desk.plan('trace', '--locale', locale);
      expect(exitCode).toBe(0);
      const [spans = ''] = /(?:^.*[█·]{12}.*$\n?)+/m.exec(stdout) ?? [];
      expect(spans.split('\n').filter((line) => line.includes('█'))).toHaveLength(6);
      const widths = spans.split('\n').map(({ length }) => length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(80);
      expect(stdout).toContain(locale === 'en' ? 'Lines that name it' : 'Líneas que la nombran');
    }
  });

  it.each([
    [['nobody-9'], 'unknown-id'],
    [[order, '--failed'], 'bad-option'],
    [['--case', 'blind'], 'no-such-case'],
  ])('refuses %j', async (words, code) => {
    const { exitCode, data } = await desk.json('trace', ...words);
    expect(exitCode).toBe(2);
    expect(data).toMatchObject({ error: { code } });
  });
});
