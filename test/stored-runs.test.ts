import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../src/kata/run-record.js';
import { makeDesk, repository, type Desk } from './support/cli.js';

/** Runs as the first version of this program stored them. */
const fixtures = path.join(repository, 'test', 'fixtures', 'schema-1');
const stored = path.join(fixtures, 'stored');
const runs = readdirSync(stored).flatMap((kata) =>
  readdirSync(path.join(stored, kata)).map((name) => path.join('results', kata, name)),
);

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk();
  cpSync(stored, path.join(desk.folder, 'results'), { recursive: true });
  for (const name of ['my-kata-4', 'progress.json'])
    cpSync(path.join(fixtures, name), path.join(desk.folder, name), { recursive: true });
});

afterAll(() => desk.remove());

it.each(runs)('come to the same verdicts: %s', async (run) => {
  const { data, stderr } = await desk.json('recheck', run);
  expect((data as { changed: unknown }).changed, stderr).toEqual([]);
  const before = JSON.parse(
    readFileSync(path.join(desk.folder, run, 'run.json'), 'utf8'),
  ) as RunRecord;
  expect(before.schema).toBe(1);
  const { cases } = data as RunRecord;
  expect(cases.map(({ verdict }) => verdict)).toEqual(before.cases.map(({ verdict }) => verdict));
});

it('run again, started as the command line of then said', async () => {
  const run = runs.find((one) => one.includes('kata-4')) ?? '';
  const { stdout, stderr } = await desk.plan('replay', run, '--times', '1');
  expect(stdout, stderr).toContain('own-read-committed-command');
  const latest = path.join(desk.folder, 'results', 'kata-4', 'latest', 'run.json');
  const record = JSON.parse(readFileSync(latest, 'utf8')) as RunRecord;
  expect(record.schema).toBe(2);
  expect(record.cases[0]?.implementation).toMatchObject({
    language: 'command',
    start: ['node', 'my-kata-4/main.js'],
  });
});

it('give their dead letters back, and their figures to report and journal', async () => {
  for (const run of runs.filter((one) => one.includes('kata-8'))) {
    const { exitCode, data, stderr } = await desk.json('dlq', '--run', run);
    expect(exitCode, stderr).toBe(0);
    expect((data as { letters: unknown[] }).letters.length).toBeGreaterThan(0);
  }
  const report = await desk.plan('report');
  expect(report.exitCode).toBe(0);
  expect(report.stdout).toContain('kata-8');
  const page = await desk.plan('report', '--format', 'html');
  expect(page.stdout, page.stderr).toMatch(/^<!doctype html>[^]*<summary>Kata 8/);
  for (const kata of ['kata-0', 'kata-2', 'kata-8', 'isolation']) {
    const { exitCode, stderr } = await desk.plan('doc', kata);
    expect(exitCode, stderr).toBe(0);
  }
});
