import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CutOffRun } from '../src/kata/cut-off-run.js';
import { makeDesk, type Desk, type Started } from './support/cli.js';
import { isAlive, registered, registeredPids, until } from './support/processes.js';

let desk: Desk;
let stateHome: string;

beforeEach(async () => {
  desk = await makeDesk();
  stateHome = desk.env['XDG_STATE_HOME'] ?? '';
  await desk.plan('init');
});

afterEach(() => desk.remove());

/** Everything that was seen running while the run went on. */
async function watch(run: Started, atLeast: number): Promise<number[]> {
  const seen = new Set<number>();
  let over = false;
  void run.finished.then(() => (over = true));
  await until(`${atLeast} processes registered`, () => {
    for (const pid of registeredPids(stateHome)) seen.add(pid);
    return seen.size >= atLeast || over;
  });
  return [...seen];
}

describe('Ctrl-C', () => {
  // Before anything runs, with the server alone, and with the program too.
  it.each([0, 1, 2])('leaves nothing behind with %d processes running', async (processes) => {
    const run = desk.start('run', 'kata-4');
    const pids = await watch(run, processes);
    expect(pids.length).toBeGreaterThanOrEqual(processes);
    run.kill('SIGINT');
    const { exitCode } = await run.finished;
    // Before the program listens for it, the signal itself ends the process.
    expect([130, -1]).toContain(exitCode);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(registered(stateHome)).toEqual([]);
    const results = path.join(desk.folder, 'results', 'kata-4');
    const left = existsSync(results) ? await readdir(results) : [];
    expect(left).not.toContain('latest');
  });
});

describe('kill -9 of plan', () => {
  it('is mended by the next command, whichever it is', async () => {
    const run = desk.start('run', 'kata-4');
    const pids = await watch(run, 2);
    run.kill('SIGKILL');
    await run.finished;
    expect(pids.some(isAlive)).toBe(true);

    const { exitCode, stderr } = await desk.plan('list');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('An earlier plan was killed');
    await until('all of it has ended', () => !pids.some(isAlive));
    expect(registered(stateHome)).toEqual([]);
    expect((await desk.plan('run', 'kata-4', '--strategy', 'atomic')).exitCode).toBe(0);
  });
});

describe('kill -9 of plan in the middle of a case', () => {
  it('leaves what it saw, and plan recheck says so', async () => {
    const run = desk.start('run', 'kata-4', '--buyers', '2000', '--think-ms', '500');
    let over = false;
    void run.finished.then(() => (over = true));
    const results = path.join(desk.folder, 'results', 'kata-4');
    await until('purchases on disk', async () => over || (await seenIn(results)) !== undefined);
    const folder = (await seenIn(results)) ?? '';
    const goesOn = await desk.plan('recheck', folder);
    expect(goesOn.exitCode).toBe(2);
    expect(goesOn.stderr).toContain('still going on');
    run.kill('SIGKILL');
    await run.finished;
    const left = await readdir(folder);
    expect(left).toContain('begun.json');
    expect(left).not.toContain('run.json');

    const { exitCode, data } = await desk.json('recheck', folder);
    expect(exitCode).toBe(3);
    const { outcome, cases } = data as CutOffRun;
    expect(outcome).toBe('cut-off');
    expect(cases.length).toBeGreaterThan(1);
    expect(cases[0]).toMatchObject({ state: 'under-way', slug: 'naive-read-committed-node' });
    expect(cases[0]?.counts.requests).toBeGreaterThan(0);
    expect(cases.at(-1)).toMatchObject({ state: 'not-begun', events: 0, lastMs: null });
    const { stdout } = await desk.plan('recheck', folder);
    expect(stdout).toContain('This run was cut off');
    expect(stdout).toMatch(/naive-read-committed-node +was under way, in the act rush +\d+ events/);
    expect(stdout).toContain('→ plan run kata-4 --buyers 2000 --think-ms 500');
  });
});

/** Where a run has written a purchase down, though it has not come to an end. */
async function seenIn(results: string): Promise<string | undefined> {
  for (const name of existsSync(results) ? await readdir(results) : []) {
    const live = path.join(results, name, 'history.live-0.jsonl');
    if (existsSync(live) && (await readFile(live, 'utf8')).includes('"f":"purchase"'))
      return path.join(results, name);
  }
  return undefined;
}

describe('kill -9 of PostgreSQL', () => {
  it('ends the run with 4, and says what to do', async () => {
    const run = desk.start('run', 'kata-4', '--repeat', '20');
    // The server is the first to be registered; both at once would come in any order.
    const [server] = await watch(run, 1);
    await watch(run, 2);
    process.kill(server ?? 0, 'SIGKILL');
    const { exitCode, stdout, stderr } = await run.finished;
    expect(exitCode).toBe(4);
    expect(stdout + stderr).toContain('PostgreSQL');
    expect(registered(stateHome)).toEqual([]);
  });
});
