import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, runJson, type Desk } from '../support/cli.js';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  await desk.plan('init');
});

afterAll(() => desk.remove());

describe('kata 1', () => {
  it.each(['node', 'go', 'rust'])(
    'answers 10,000 at once in 5 of 5 runs in %s',
    async (language) => {
      const words = ['kata-1', '--lang', language, '--repeat', '5'];
      const { exitCode, record } = await runJson(desk, ...words);
      expect(exitCode).toBe(0);
      expect(record.cases).toHaveLength(10);
      for (const { slug, verdict, counts, figures, latency } of record.cases) {
        expect({ slug, verdict }).toEqual({ slug, verdict: 'holds' });
        // Three alone and the warm-up are among the requests.
        expect(counts).toEqual({ requests: 12_003, ok: 12_003, fail: 0, unknown: 0 });
        expect(figures).toEqual({ inFlight: 10_000, lost: 0 });
        expect(latency?.n).toBe(10_000);
      }
    },
  );

  it.each(['node', 'go', 'rust', 'python'])(
    'holds in 50 of 50 smaller runs in %s, and blocking never does',
    async (language) => {
      const small = ['--lang', language, '--users', '500', '--cpu-us', '2'];
      const held = await runJson(desk, 'kata-1', ...small, '--repeat', '25');
      expect(held.record.cases.map(({ verdict }) => verdict)).toEqual(Array(50).fill('holds'));
      const words = ['--strategy', 'blocking', '--repeat', '3'];
      const { exitCode, record } = await runJson(desk, 'kata-1', ...small, ...words);
      expect(record.cases.map(({ verdict }) => verdict)).toEqual(Array(3).fill('violated'));
      expect(exitCode).toBe(0);
    },
  );

  it.each([
    ['closed', '--requests', '5000'],
    ['open', '--requests', '3000', '--rate', '1500', '--arrivals', 'poisson'],
  ])('holds in the mode %s', async (mode, ...more) => {
    const words = ['kata-1', '--mode', mode, '--users', '500', ...more, '--repeat', '5'];
    const { exitCode, record } = await runJson(desk, ...words);
    expect(exitCode).toBe(0);
    expect(record.cases.every(({ verdict }) => verdict === 'holds')).toBe(true);
  });
});
