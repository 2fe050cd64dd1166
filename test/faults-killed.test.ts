import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk, type Desk } from './support/cli.js';
import { layDownFrozenKata } from './support/frozen-kata.js';
import { isAlive, registered, registeredPids, until } from './support/processes.js';

let desk: Desk;
let mark: string;
let stateHome: string;

beforeAll(async () => {
  const { folder } = (desk = await makeDesk());
  mark = path.join(folder, 'frozen-now');
  stateHome = desk.env['XDG_STATE_HOME'] ?? '';
  desk.env['PLAN_TEST_FROZEN'] = mark;
  await desk.plan('init');
  expect((await desk.plan('services', 'up', 'postgres')).exitCode).toBe(0);
  await layDownFrozenKata(folder);
});
afterAll(async () => {
  await desk.plan('services', 'down');
  await desk.remove();
});

it('kill -9 of plan while a program is frozen: the next command leaves no process, lock or database', async () => {
  const run = desk.start('run', './frozen', '--fault', 'hang');
  let over = false;
  void run.finished.then(() => (over = true));
  await until('the program is frozen', () => existsSync(mark) || over, 60_000);
  const pids = registeredPids(stateHome);
  expect(pids.some(isAlive)).toBe(true);
  run.kill('SIGKILL');
  await run.finished;

  const { stderr } = await desk.plan('list');
  expect(stderr).toContain('An earlier plan was killed');
  await until('all of it has ended', () => !pids.some(isAlive));
  expect(registered(stateHome)).toEqual([]);
  expect(await leftInServer()).toEqual([]);
});

/** Databases of ours, advisory locks and sessions in them, in the server that went on running. */
async function leftInServer(): Promise<unknown[]> {
  const file = path.join(stateHome, 'plan', 'kept', 'postgres.json');
  const { url } = JSON.parse(await readFile(file, 'utf8')) as { url: string };
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<object>(`
    SELECT datname AS left FROM pg_database WHERE datname LIKE 'plan\\_%'
    UNION ALL SELECT mode FROM pg_locks WHERE locktype = 'advisory'
    UNION ALL SELECT query FROM pg_stat_activity WHERE datname LIKE 'plan\\_%'`);
  await client.end();
  return rows;
}
