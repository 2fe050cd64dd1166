import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cacheHome } from '../../../test/support/cli.js';
import { errorCode } from '../../base/errors.js';
import { Recorder } from '../../history/recorder.js';
import { startServices, type RunningServices } from '../../services/index.js';
import { openDatabase, type OpenDatabase } from '../../services/postgres/client.js';
import { freshDatabase } from '../../services/postgres/fresh.js';
import { setFreeze } from './freeze.js';
import { FaultLog } from './log.js';

const base = mkdtempSync(path.join(os.tmpdir(), 'plan-freeze-commit-'));
const signal = new AbortController().signal;
let services: RunningServices;
let database: OpenDatabase;
let client: pg.Client;

beforeAll(async () => {
  chmodSync(base, 0o755);
  process.env['XDG_CACHE_HOME'] = cacheHome;
  process.env['XDG_STATE_HOME'] = path.join(base, 'state');
  const quiet = { onProgress: () => undefined, onNotice: () => undefined };
  services = await startServices(['postgres'], { force: 'embedded', env: {}, signal, ...quiet });
  if (services.postgres === undefined) throw new Error('no server');
  const fresh = await freshDatabase(services.postgres, 'freeze-commit');
  database = openDatabase(fresh);
  await database.query('CREATE TABLE stock (id int PRIMARY KEY, quantity int NOT NULL)');
  await database.query('INSERT INTO stock VALUES (1, 100), (2, 100)');
  client = new pg.Client({ connectionString: fresh.url });
  client.on('error', () => undefined);
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client.end().catch(() => undefined);
  await database.close();
  await services.stopAll();
  rmSync(base, { recursive: true });
});

const freeze = (number: number) => {
  const recorder = new Recorder(0);
  const conditions = { database, recorder, signal, log: new FaultLog(recorder) };
  return setFreeze(conditions, { table: 'stock', on: 'update', timing: 'commit' }, number);
};

const told = (answer: Promise<unknown>): Promise<string | undefined> =>
  answer.then(
    () => 'done',
    (error: unknown) => errorCode(error),
  );

const quantities = async (): Promise<number[]> =>
  (await database.query<{ quantity: number }>('SELECT quantity FROM stock ORDER BY stock.id')).map(
    ({ quantity }) => quantity,
  );

it('holds a statement that is a transaction of its own, and then one at its COMMIT', async () => {
  const alone = await freeze(0);
  const answer = told(client.query('UPDATE stock SET quantity = 90 WHERE id = 1'));
  expect(await alone.reached()).toHaveLength(1);
  expect(await quantities()).toEqual([100, 100]);
  await alone.release();
  expect(await answer).toBe('done');
  expect(await quantities()).toEqual([90, 100]);
  await alone.end();

  const point = await freeze(1);
  await client.query('BEGIN');
  await client.query('UPDATE stock SET quantity = 0');
  const commit = told(client.query('COMMIT'));
  expect(await point.reached()).toHaveLength(1);
  expect(await quantities()).toEqual([90, 100]);
  await point.abandon();
  expect(await commit).toBe('57P01');
  expect(await quantities()).toEqual([90, 100]);
  await point.end();
});
