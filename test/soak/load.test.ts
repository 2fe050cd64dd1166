import { execa } from 'execa';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { median } from '../../src/base/units.js';
import type { LatencySummary } from '../../src/kata/run-record.js';
import { startSaying, startServer, type BenchServer } from '../support/load-server.js';
import { bundle, type Bundle } from '../support/bundle.js';
import type { LoadTaken, LoadTask } from '../support/load-program.js';

let program: Bundle;
let server: BenchServer;
let truth: { url: string; stop: () => Promise<void> };
beforeAll(async () => {
  program = await bundle('test/support/load-program.ts');
  server = await startServer();
  const known = path.join(import.meta.dirname, '../support/truth-server.mjs');
  truth = await startSaying(process.execPath, [known]);
});
afterAll(async () => {
  await server.stop();
  await truth.stop();
  await program.remove();
});

async function load(task: LoadTask): Promise<LoadTaken> {
  const { stdout } = await execa(process.execPath, [program.file, JSON.stringify(task)]);
  return JSON.parse(stdout) as LoadTaken;
}

function tell(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

describe('memory', () => {
  it('of a million requests is at most 20 MB over that of ten thousand', async () => {
    const closed = (requests: number): LoadTask => ({
      url: server.url,
      mode: { kind: 'closed', concurrency: 50, stop: { requests } },
    });
    const few = await load(closed(10_000));
    const many = await load(closed(1_000_000));
    expect(many.measured.answered).toBe(1_000_000);
    const grown = (many.peakRss - few.peakRss) / 1e6;
    tell(`peak ${few.peakRss / 1e6} MB, then ${many.peakRss / 1e6} MB: ${grown} MB more`);
    expect(grown).toBeLessThanOrEqual(20);
  });
});

type Figure = 'p50' | 'p95' | 'p99' | 'mean';

interface Seen {
  /** Median of the rounds, milliseconds. */
  readonly seen: Readonly<Record<Figure, number>>;
  /** What this machine adds to a server that answers at once, measured in turn with it. */
  readonly added: Readonly<Record<Figure, number>>;
}

/** Three rounds: other work on the machine shall not spoil more than one of them. */
async function observe(path: string, mode: LoadTask['mode']): Promise<Seen> {
  const rounds: LatencySummary[] = [];
  const floors: LatencySummary[] = [];
  for (let round = 0; round < 3; round += 1) {
    floors.push(await latencyOf('/', mode));
    rounds.push(await latencyOf(path, mode));
  }
  return { seen: medians(rounds), added: medians(floors) };
}

async function latencyOf(path: string, mode: LoadTask['mode']): Promise<LatencySummary> {
  const { latency } = (await load({ url: truth.url, path, mode })).measured;
  if (!latency) throw new Error('nothing was answered');
  return latency;
}

function medians(rounds: readonly LatencySummary[]): Record<Figure, number> {
  const of = (figure: Figure): number => median(rounds.map((round) => round[figure] ?? Number.NaN));
  return { p50: of('p50'), p95: of('p95'), p99: of('p99'), mean: of('mean') };
}

function within2Percent(name: string, measured: number | null | undefined, known: number): void {
  tell(`${name}: ${measured ?? 'nothing'} ms, known ${known.toFixed(1)} ms`);
  expect(Math.abs((measured ?? Number.NaN) - known) / known).toBeLessThanOrEqual(0.02);
}

describe('known latencies come back within 2 %', () => {
  const closed: LoadTask['mode'] = { kind: 'closed', concurrency: 10, stop: { requests: 1000 } };
  const open: LoadTask['mode'] = {
    kind: 'open',
    rate: 200,
    arrivals: 'constant',
    users: 200,
    maxUsers: 400,
    stop: { durationMs: 6000 },
  };

  it.each([
    ['closed', closed],
    ['open', open],
    ['open, Poisson', { ...open, arrivals: 'poisson' } as const],
  ])('constant, %s', async (_, mode) => {
    const { seen, added } = await observe('/constant', mode);
    within2Percent('p50', seen.p50, 100 + added.p50);
    within2Percent('p95', seen.p95, 100 + added.p95);
    within2Percent('mean', seen.mean, 100 + added.mean);
  });

  it('bimodal', async () => {
    const { seen, added } = await observe('/bimodal', open);
    within2Percent('p50', seen.p50, 50 + added.p50);
    within2Percent('p95', seen.p95, 400 + added.p50);
    within2Percent('p99', seen.p99, 400 + added.p95);
    within2Percent('mean', seen.mean, 85 + added.mean);
  });

  it('a pause of one second, in full', async () => {
    const { measured } = await load({ url: truth.url, path: '/pause', mode: open });
    const { latency } = measured;
    // One request in six falls into the pause and waits for what is left of it: of all, the share
    // that waits longer than x seconds is (1 - x) / 6.
    within2Percent('max', latency?.max, 1000);
    within2Percent('p99', latency?.p99, 1000 * (1 - 6 * 0.01));
    within2Percent('p95', latency?.p95, 1000 * (1 - 6 * 0.05));
    expect(measured).toMatchObject({ sent: 1200, answered: 1200, unsent: 0 });
  });

  it('also where there are too few users for it', async () => {
    await truth.stop();
    const known = path.join(import.meta.dirname, '../support/truth-server.mjs');
    truth = await startSaying(process.execPath, [known]);
    const mode: LoadTask['mode'] = { ...open, users: 5, maxUsers: 5 };
    const { measured } = await load({ url: truth.url, path: '/pause', mode });
    within2Percent('p95', measured.latency?.p95, 1000 * (1 - 6 * 0.05));
    // Five are asked in the pause; the other 195 could not even be sent.
    expect(measured.late.forUser).toBeGreaterThan(180);
    expect(measured).toMatchObject({ sent: 1200, answered: 1200, unsent: 0 });
  });
});
