import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cacheHome } from '../../../test/support/cli.js';
import { until } from '../../../test/support/processes.js';
import { needs } from '../../../test/support/requires.js';
import { errorCode, errorMessage } from '../../base/errors.js';
import type { FreezePoint } from '../../kata/faults.js';
import { openDatabase, type OpenDatabase } from '../../services/postgres/client.js';
import { freshDatabase, type FreshDatabase } from '../../services/postgres/fresh.js';
import { Recorder } from '../../history/recorder.js';
import { startServices, type RunningServices } from '../../services/index.js';
import { setFreeze, type SetFreeze } from './freeze.js';
import { FaultLog } from './log.js';

/** On both: the embedded server, and the distribution's, which is older. */
describe.each([
  'embedded',
  ...(needs('postgres', 'freeze points on PostgreSQL 15') ? ['local'] : []),
])('a freeze point (%s)', (provider) => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'plan-freeze-'));
  const signal = new AbortController().signal;
  let services: RunningServices;
  let url: string;
  let fresh: FreshDatabase;
  let database: OpenDatabase;
  let recorder: Recorder;
  const clients: pg.Client[] = [];
  const freezes: SetFreeze[] = [];

  beforeAll(async () => {
    chmodSync(base, 0o755);
    process.env['XDG_CACHE_HOME'] = cacheHome;
    process.env['XDG_STATE_HOME'] = path.join(base, 'state');
    const quiet = { onProgress: () => undefined, onNotice: () => undefined };
    const force = provider as 'embedded' | 'local';
    services = await startServices(['postgres'], { force, env: {}, signal, ...quiet });
    if (services.postgres === undefined) throw new Error('no server');
    fresh = await freshDatabase(services.postgres, 'freeze');
    ({ url } = fresh);
  }, 120_000);

  afterAll(async () => {
    await services.stopAll();
    rmSync(base, { recursive: true });
  });

  beforeEach(async () => {
    database = openDatabase(fresh);
    recorder = new Recorder(0);
    await database.query('DROP TABLE IF EXISTS accounts');
    await database.query('DROP SCHEMA IF EXISTS plan_lab CASCADE');
    await database.query('CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL)');
    await database.query('INSERT INTO accounts VALUES (1, 100), (2, 100)');
  });

  afterEach(async () => {
    for (const freeze of freezes.splice(0)) await freeze.end().catch(() => undefined);
    for (const client of clients.splice(0)) await client.end().catch(() => undefined);
    await database.close();
  });

  async function freeze(point: Partial<FreezePoint> = {}): Promise<SetFreeze> {
    const log = new FaultLog(recorder);
    const asked: FreezePoint = { table: 'accounts', on: 'update', ...point };
    const set = await setFreeze({ database, recorder, signal, log }, asked, freezes.length);
    freezes.push(set);
    return set;
  }

  /** The program's side: a connection, and what it is told. */
  async function connected(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  function told(answer: Promise<unknown>): Promise<string> {
    return answer.then(
      () => 'done',
      (error: unknown) => errorCode(error) ?? errorMessage(error),
    );
  }

  async function balances(): Promise<number[]> {
    const rows = await database.query<{ balance: number }>(
      'SELECT balance FROM accounts ORDER BY id',
    );
    return rows.map(({ balance }) => balance);
  }

  const debit = 'UPDATE accounts SET balance = balance - 10 WHERE id = 1';

  it('holds the statement, and lets it and later ones go on', async () => {
    const point = await freeze();
    const client = await connected();
    const answer = told(client.query(debit));
    const pids = await point.reached();
    expect(pids).toEqual([(client as unknown as { processID: number }).processID]);
    expect(await balances()).toEqual([100, 100]);
    await point.release();
    expect(await answer).toBe('done');
    await client.query(debit);
    expect(await balances()).toEqual([80, 100]);
    expect(notes('fault')).toMatchObject([{ n: 0, kind: 'freeze', target: 'accounts' }]);
    expect(notes('fault-reached')).toEqual([{ n: 0, pids }]);
    expect(notes('fault-ended')).toEqual([{ n: 0, how: 'released' }]);
  });

  it('abandons: the held statement and its transaction never take effect', async () => {
    const point = await freeze({ when: 'NEW.balance > OLD.balance' });
    const client = await connected();
    await client.query('BEGIN');
    await client.query(debit);
    const credit = told(client.query('UPDATE accounts SET balance = balance + 10 WHERE id = 2'));
    expect(await point.reached()).toHaveLength(1);
    await point.abandon();
    expect(await credit).toBe('57P01');
    expect(await balances()).toEqual([100, 100]);
    const retry = await connected();
    await retry.query('UPDATE accounts SET balance = balance + 10 WHERE id = 2');
    expect(await balances()).toEqual([100, 110]);
  });

  it('abandons in autocommit: what came before stays, the held statement is lost', async () => {
    const point = await freeze({ when: 'NEW.balance > OLD.balance' });
    const client = await connected();
    await client.query(debit);
    const credit = told(client.query('UPDATE accounts SET balance = balance + 10 WHERE id = 2'));
    await point.reached();
    await point.abandon();
    expect(await credit).toBe('57P01');
    expect(await balances()).toEqual([90, 100]);
  });

  it('is no crash for a client that is gone: after release its statement commits', async () => {
    const point = await freeze();
    const client = await connected();
    void told(client.query(debit));
    await point.reached();
    destroy(client);
    await point.release();
    await until('it has committed', async () => (await balances())[0] === 90);
  });

  it('is a crash for a client that is gone and then abandoned', async () => {
    const point = await freeze();
    const client = await connected();
    void told(client.query(debit));
    await point.reached();
    destroy(client);
    await point.abandon();
    const [{ sessions } = { sessions: -1 }] = await database.query<{ sessions: number }>(
      "SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'plan'",
    );
    expect(sessions).toBe(0);
    expect(await balances()).toEqual([100, 100]);
  });

  it('holds only what fits, and so many of it', async () => {
    const point = await freeze({ when: 'NEW.id = 2', first: 1 });
    const [one, two, three] = [await connected(), await connected(), await connected()];
    await one.query(debit);
    const held = told(two.query('UPDATE accounts SET balance = 0 WHERE id = 2'));
    await point.reached();
    await database.query('INSERT INTO accounts VALUES (3, 0)');
    await three.query('UPDATE accounts SET balance = 1 WHERE id = 3');
    await point.release();
    expect(await held).toBe('done');
    expect(await balances()).toEqual([90, 0, 1]);
  });

  it('counts a repeated statement anew', async () => {
    const point = await freeze({ on: 'insert', first: 1 });
    const client = await connected();
    const held = told(client.query('INSERT INTO accounts VALUES (3, 0)'));
    const [pid] = (await point.reached()) ?? [];
    await database.query('SELECT pg_cancel_backend($1)', [pid]);
    expect(await held).toBe('57014');
    expect(await told(client.query('INSERT INTO accounts VALUES (3, 0)'))).toBe('done');
  });

  it('holds inserts and deletes, before and after, prepared ones too', async () => {
    const client = await connected();
    await client.query('PREPARE add (int) AS INSERT INTO accounts VALUES ($1, 0)');
    await client.query('EXECUTE add (3)');
    const inserts = await freeze({ on: 'insert', timing: 'after', when: 'NEW.id = 4' });
    const insert = told(client.query('EXECUTE add (4)'));
    await inserts.reached();
    const other = await connected();
    // Written and not committed: whoever writes the same key waits for it.
    const same = told(other.query('INSERT INTO accounts VALUES (4, 7)'));
    await inserts.release();
    expect([await insert, await same]).toEqual(['done', '23505']);

    const deletes = await freeze({ on: 'delete' });
    const remove = told(client.query('DELETE FROM accounts WHERE id = 4'));
    await deletes.reached();
    await deletes.release();
    expect(await remove).toBe('done');
    expect(await balances()).toEqual([100, 100, 0]);
  });

  it('tells how many sessions stand there, and where it waited in vain', async () => {
    const point = await freeze();
    expect(await point.reached(1, 50)).toBeUndefined();
    expect(notes('awaited-in-vain')).toHaveLength(1);
    const [one, two] = [await connected(), await connected()];
    const answers = [
      told(one.query(debit)),
      told(two.query('UPDATE accounts SET balance = 5 WHERE id = 2')),
    ];
    expect(await point.reached(2)).toHaveLength(2);
    await point.release();
    expect(await Promise.all(answers)).toEqual(['done', 'done']);
  });

  it('leaves no lock behind, and no session', async () => {
    const point = await freeze();
    const client = await connected();
    await client.query('BEGIN');
    const held = told(client.query(debit));
    await point.reached();
    await point.release();
    await held;
    const locks = await database.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'");
    expect(locks).toEqual([]);
    const sessions = await database.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'plan' AND wait_event_type = 'Lock'",
    );
    expect(sessions).toEqual([]);
  });

  it('says so where its own connection was lost', async () => {
    const point = await freeze();
    const client = await connected();
    const held = told(client.query(debit));
    await point.reached();
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ExclusiveLock'",
    );
    expect(await held).toBe('done');
    await expect(point.abandon()).rejects.toMatchObject({ code: 'freeze-lost' });
    await expect(point.end()).rejects.toMatchObject({ code: 'freeze-lost' });
  });

  it.each([
    ['taken off', 'DROP TRIGGER "!plan_freeze_0" ON stock'],
    ['switched off', 'ALTER TABLE stock DISABLE TRIGGER USER'],
    ['switched off and on', 'ALTER TABLE stock DISABLE TRIGGER USER, ENABLE TRIGGER USER'],
    ['left behind', 'ALTER TABLE stock RENAME TO old; CREATE TABLE stock (id int)'],
    ['dropped with its table', 'DROP TABLE stock'],
  ])('tells that it was %s by the program', async (_how, attack) => {
    const client = await connected();
    await client.query('DROP TABLE IF EXISTS stock, old; CREATE TABLE stock (id int)');
    const point = await freeze({ table: 'stock', on: 'insert' });
    await client.query(attack);
    await point.end();
    expect(notes('fault-disarmed')).toEqual([{ n: 0, target: 'stock' }]);
  });

  it('does not take for an attack that a table gets columns, indexes and triggers', async () => {
    const client = await connected();
    await client.query('DROP TABLE IF EXISTS stock, old; CREATE TABLE stock (id int)');
    const point = await freeze({ table: 'stock', on: 'insert' });
    await client.query(`
      ALTER TABLE stock ADD COLUMN version int NOT NULL DEFAULT 0;
      CREATE INDEX ON stock (version); ANALYZE stock;
      CREATE FUNCTION public.same() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER mine BEFORE INSERT ON stock FOR EACH ROW EXECUTE FUNCTION public.same()`);
    const held = told(client.query('INSERT INTO stock VALUES (1)'));
    await point.reached();
    await point.release();
    expect(await held).toBe('done');
    await point.end();
    expect(notes('fault-disarmed')).toEqual([]);
  });

  it("is the lab's alone: the program can neither call nor change what it is made of", async () => {
    await freeze();
    const client = await connected();
    for (const attack of [
      'DROP FUNCTION plan_lab.freeze_0() CASCADE',
      "CREATE OR REPLACE FUNCTION plan_lab.freeze_0() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "SELECT setval('plan_lab.freeze_0_rows', 1000)",
      'DROP SCHEMA plan_lab CASCADE',
      'SET session_replication_role = replica',
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted",
    ])
      expect(await told(client.query(attack)), attack).toBe('42501');
  });

  it('refuses a table that is not there', async () => {
    await expect(freeze({ table: 'nobody' })).rejects.toMatchObject({ code: '42P01' });
  });

  it('closes a session that waits for a lock, with what it had done', async () => {
    const [one, two] = [await database.session(), await database.session()];
    await one.query('BEGIN');
    await one.query(debit);
    await two.query('BEGIN');
    await two.query('INSERT INTO accounts VALUES (9, 9)');
    const waits = told(two.query(debit));
    await until('it waits', async () => {
      const [row] = await database.query<{ pids: number[] }>(
        'SELECT pg_blocking_pids($1) AS pids',
        [two.pid],
      );
      return row?.pids.includes(one.pid) ?? false;
    });
    await two.close();
    expect(await waits).not.toBe('done');
    await one.query('COMMIT');
    expect(await balances()).toEqual([90, 100]);
  });

  function notes(f: string): unknown[] {
    return recorder.events.flatMap((event) =>
      event.type === 'note' && event.f === f ? [event.value] : [],
    );
  }
});

/** As kill -9 of a client does. */
function destroy(client: pg.Client): void {
  (
    client as unknown as { connection: { stream: { destroy(): void } } }
  ).connection.stream.destroy();
}
