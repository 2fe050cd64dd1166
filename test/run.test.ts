import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../src/kata/run-record.js';
import { makeDesk, repository, runJson, type Desk } from './support/cli.js';
import { registered } from './support/processes.js';

/** Keeps a server: to begin and end one for each test takes longer than most of them. */
let keeper: Desk;
let desk: Desk;

beforeAll(async () => {
  keeper = await makeDesk();
  expect((await keeper.plan('services', 'up', 'postgres')).exitCode).toBe(0);
});

afterAll(async () => {
  await keeper.plan('services', 'down');
  await keeper.remove();
});

beforeEach(async () => {
  desk = await makeDesk({ XDG_STATE_HOME: keeper.env['XDG_STATE_HOME'] ?? '' });
  expect((await desk.plan('init')).exitCode).toBe(0);
});

afterEach(async () => {
  expect(registered(desk.env['XDG_STATE_HOME'] ?? '')).toEqual([]);
  await desk.remove();
});

const brokenOf = (record: RunRecord, index = 0): string[] =>
  (record.cases[index]?.findings ?? []).filter((one) => !one.holds).map((one) => one.invariant);

/** As it is stored; that `--json` prints the same is told below. */
async function latestOf(kata: string): Promise<RunRecord> {
  const file = path.join(desk.folder, 'results', kata, 'latest', 'run.json');
  return JSON.parse(await readFile(file, 'utf8')) as RunRecord;
}

describe('plan run kata-4', () => {
  it('runs the lesson: naive fails at read committed, everything else holds; one table tells it', async () => {
    const { exitCode, stdout } = await desk.plan('run', 'kata-4');
    const record = await latestOf('kata-4');
    expect(record.cases.map(({ slug, verdict }) => [slug, verdict])).toEqual([
      ['naive-read-committed-node', 'violated'],
      ['naive-repeatable-read-node', 'holds'],
      ['naive-serializable-node', 'holds'],
      ['pessimistic-read-committed-node', 'holds'],
      ['optimistic-read-committed-node', 'holds'],
      ['atomic-read-committed-node', 'holds'],
    ]);
    expect(brokenOf(record)).toContain('no-overselling');
    expect(exitCode).toBe(0);
    for (const one of record.cases) {
      expect(one.latency?.n).toBe(100);
      expect(one.latency?.p50).toBeGreaterThan(0);
      expect(one.latency?.p99).toBeGreaterThanOrEqual(one.latency?.p50 ?? 0);
      expect(one.resources?.cpuMs).toBeGreaterThan(0);
      expect(one.resources?.peakRssBytes).toBeGreaterThan(1_000_000);
    }
    for (const one of record.cases.slice(1)) expect(one.figures['sold']).toBe(10);
    expect(record.cases[1]?.figures['retries']).toBeGreaterThan(0);
    expect(record.services[0]?.url).not.toMatch(/:[^*/@]+@/);

    expect(stdout).toContain('100 buyers at once, 10 in stock');
    expect(stdout).toMatch(/naive +read committed +\d+ +\d+ .*violated, as expected/);
    expect(stdout).toMatch(/atomic +read committed +10 +0 .*holds/);
    expect(stdout).toMatch(/both read stock = \d+ \(history lines \d+ and \d+\)/);
    expect(stdout).not.toContain('\u001b[');
    expect(stdout).toContain(`The page of it: ${path.join(record.folder, 'report.html')}`);
  });

  it('runs exactly the case that the options ask for, and stores it', async () => {
    const { exitCode, record } = await runJson(desk, 'kata-4', '--isolation', 'serializable');
    expect(exitCode).toBe(0);
    expect(record.cases.map(({ slug }) => slug)).toEqual(['naive-serializable-node']);

    const folder = path.join(desk.folder, record.folder);
    expect((await readdir(folder)).sort()).toEqual([
      'history.jsonl',
      'logs',
      'naive-serializable-node.hgrm',
      'report.html',
      'run.json',
    ]);
    expect(JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8'))).toEqual(record);
    const page = await readFile(path.join(folder, 'report.html'), 'utf8');
    expect(page).toContain('<h1>Kata 4 · Over-selling</h1>');
    expect(page).toMatch(/<td class="left"><span class="verdict good">.*holds/);
    expect(page.length).toBeLessThan(1_000_000);
    const latest = path.join(desk.folder, 'results', 'kata-4', 'latest');
    expect(await readlink(latest)).toBe(path.basename(folder));
    const history = (await readFile(path.join(folder, 'history.jsonl'), 'utf8')).trim().split('\n');
    expect(record.cases[0]?.lines).toEqual([1, history.length]);
  });

  it('speaks Spanish', async () => {
    const words = ['kata-4', '--strategy', 'naive', '--act', 'rush', '--locale', 'es'];
    const { stdout } = await desk.plan('run', ...words);
    expect(stdout).toContain('100 compradores a la vez, 10 en stock');
    expect(stdout).toContain('como se esperaba');
  });

  it('is inconclusive, never a pass, where nobody fights over a unit', async () => {
    const { exitCode, record } = await runJson(
      desk,
      ...['kata-4', '--strategy', 'atomic', '--buyers', '5', '--stock', '5'],
    );
    expect(record.cases[0]?.verdict).toBe('inconclusive');
    expect(exitCode).toBe(3);
  });

  it('notes the run in progress, but ticks nothing for a reference implementation', async () => {
    await desk.plan('run', 'kata-4', '--strategy', 'atomic');
    const progress = JSON.parse(
      await readFile(path.join(desk.folder, 'progress.json'), 'utf8'),
    ) as { items: object; katas: Record<string, unknown> };
    expect(progress.items).toEqual({});
    expect(progress.katas['kata-4']).toBeDefined();
  });

  it("ticks the item, with its evidence, once the learner's own program holds", async () => {
    const own = path.join(repository, 'katas/kata-4-over-selling/twins/right-cte');
    const { exitCode, stdout } = await desk.plan('run', 'kata-4', '--impl', own);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ticked m2.b1.kata-4');
    const { data } = await desk.json('checklist', '--month', '2');
    expect(JSON.stringify(data)).toContain('results/kata-4/');
    const again = await desk.plan('run', 'kata-4', '--impl', own);
    expect(again.stdout).not.toContain('ticked');
  });

  it.each([
    [['run', 'kata-44'], 'kata-4'],
    [['run', 'kata-4', '--isolatoin', 'serializable'], '--isolation'],
    [['run', 'kata-4', '--isolation', 'serialisable'], 'serializable'],
    [['run', 'kata-4', '--strategy', 'pesimistic'], 'pessimistic'],
    [['run', 'kata-13', '--otlp', 'ftp://127.0.0.1'], '--otlp http://127.0.0.1:4318'],
    [['run', 'kata-4', '--buyers', 'many'], '1 to 10000'],
    [['run', 'kata-4', '--impl', './nowhere'], 'nowhere'],
    [['run'], 'plan run kata-4'],
  ])('refuses %j with a hint', async (words, hint) => {
    const { exitCode, stderr } = await desk.plan(...words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(hint);
  });

  it('lists its options in --help', async () => {
    const { exitCode, stdout } = await desk.plan('run', 'kata-4', '--help');
    expect(exitCode).toBe(0);
    for (const flag of ['--isolation', '--think-ms', '--impl', '--repeat', '--services'])
      expect(stdout).toContain(flag);
  });
});

describe('plan run with two replicas', () => {
  it('ends what is still starting where another program never became healthy', async () => {
    const first = path.join(desk.folder, 'first');
    const source = [
      `import { mkdirSync } from 'node:fs';`,
      `import { createServer } from 'node:http';`,
      `try { mkdirSync(${JSON.stringify(first)}); } catch {`,
      `  const server = createServer((_, response) => response.end());`,
      `  setTimeout(() => server.listen(Number(process.env.PORT), '127.0.0.1'), 1_000);`,
      `}`,
    ];
    await writeFile(path.join(desk.folder, 'slow.mjs'), source.join('\n'));
    const { exitCode, record } = await runJson(desk, 'kata-0', '--impl', './slow.mjs');
    expect(exitCode).toBe(1);
    expect(brokenOf(record)).toContain('becomes-healthy');
  });
});

describe('plan recheck', () => {
  it('comes to the same verdicts from the stored history', async () => {
    await runJson(desk, 'kata-4', '--strategy', 'naive', '--act', 'rush');
    const latest = path.join('results', 'kata-4', 'latest');
    const { exitCode, data } = await desk.json('recheck', latest);
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({ changed: [], cases: [{ verdict: 'violated' }] });
  });

  it('finds what a changed history says', async () => {
    const { record } = await runJson(desk, 'kata-4', '--strategy', 'atomic', '--act', 'rush');
    const file = path.join(desk.folder, record.folder, 'history.jsonl');
    const history = await readFile(file, 'utf8');
    await writeFile(
      file,
      history
        .replace('"reason":"sold-out"', '"reason":"x"')
        .replace('"type":"fail"', '"type":"ok"'),
    );
    const { exitCode, data } = await desk.json('recheck', record.folder);
    expect(exitCode).toBe(1);
    expect(data).toMatchObject({ changed: [{ before: 'holds', now: 'violated' }] });
  });

  it('says so where there is no run', async () => {
    const { exitCode, stderr } = await desk.plan('recheck', 'results/none');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('results/none');
  });
});
