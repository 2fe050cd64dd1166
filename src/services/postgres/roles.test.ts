import { afterEach, describe, expect, it } from 'vitest';
import { useServices } from '../../../test/support/use-services.js';
import { startServices } from '../start.js';
import type { RunningService } from '../types.js';
import { openDatabase } from './client.js';
import { connect, queryOnce } from './connection.js';
import { freshDatabase, type FreshDatabase } from './fresh.js';

/** What a program can do to the server that it is given, and what it cannot. */

const ours = useServices({ postgres: 'embedded' });

describe('the program of a case', () => {
  const schema = `CREATE TABLE accounts (id serial PRIMARY KEY, balance int NOT NULL);
    CREATE TYPE mood AS ENUM ('good');
    CREATE VIEW rich AS SELECT * FROM accounts WHERE balance > 100;
    CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT sum(balance) FROM accounts'`;

  const cases: FreshDatabase[] = [];
  afterEach(async () => {
    for (const one of cases.splice(0)) await one.drop();
  });

  async function caseOn(service: RunningService, label = 'x'): Promise<FreshDatabase> {
    const fresh = await freshDatabase(service, label, schema);
    cases.push(fresh);
    return fresh;
  }

  it('may add tables, columns, indexes, triggers and schemas of its own', async () => {
    const { url, labUrl } = await caseOn(ours.services.postgres);
    await queryOnce(
      url,
      `INSERT INTO accounts (balance) VALUES (500);
       ALTER TABLE accounts ADD COLUMN version int NOT NULL DEFAULT 0;
       CREATE INDEX ON accounts (balance);
       CREATE TABLE outbox (id serial PRIMARY KEY);
       ALTER TYPE mood ADD VALUE 'bad';
       CREATE OR REPLACE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT 7::bigint';
       CREATE SCHEMA mine; CREATE TABLE mine.notes (id int)`,
    );
    expect(await queryOnce(labUrl, 'SELECT version FROM accounts')).toEqual([{ version: 0 }]);
    await queryOnce(labUrl, 'DELETE FROM accounts; DELETE FROM outbox; DELETE FROM mine.notes');
    await queryOnce(labUrl, 'CREATE TABLE later (id int)');
    await queryOnce(url, 'INSERT INTO later VALUES (1)');
  });

  it('is no superuser, and reaches nothing beyond its database', async () => {
    const service = ours.services.postgres;
    const [mine, other] = [await caseOn(service), await caseOn(service, 'other')];
    for (const attack of [
      'ALTER SYSTEM SET fsync = off',
      "ALTER ROLE postgres PASSWORD 'mine'",
      `ALTER ROLE "${new URL(mine.labUrl).username}" PASSWORD 'mine'`,
      `SET ROLE "${new URL(mine.labUrl).username}"`,
      'CREATE ROLE another SUPERUSER',
      'CREATE DATABASE another',
      `DROP DATABASE "${new URL(other.url).username}"`,
      "COPY (SELECT 1) TO PROGRAM 'true'",
      "SELECT pg_read_file('postgresql.conf')",
      'SELECT rolpassword FROM pg_authid',
      'SELECT pg_reload_conf()',
    ])
      await expect(queryOnce(mine.url, attack), attack).rejects.toMatchObject({ code: '42501' });
    for (const database of ['postgres', 'template1', new URL(other.url).username]) {
      const there = new URL(mine.url);
      there.pathname = `/${database}`;
      await expect(queryOnce(there.href, 'SELECT 1'), database).rejects.toMatchObject({
        code: '42501',
      });
    }
    const [fsync] = await queryOnce(service.url, 'SHOW fsync');
    expect(fsync).toEqual({ fsync: 'on' });
  });

  it("gets no superuser's rights by what it leaves for the lab to run into", async () => {
    const service = ours.services.postgres;
    const { url, labUrl } = await caseOn(service);
    await queryOnce(
      url,
      `CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN ALTER ROLE postgres PASSWORD 'mine'; RETURN NEW; END $$;
       CREATE TRIGGER trap BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION trap()`,
    );
    const write = 'INSERT INTO accounts (balance) VALUES (1)';
    await expect(queryOnce(labUrl, write)).rejects.toMatchObject({ code: '42501' });
    expect(await queryOnce(service.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('cannot take all connections', async () => {
    const { url, labUrl } = await caseOn(ours.services.postgres);
    const taken = await Promise.allSettled(Array.from({ length: 210 }, () => connect(url)));
    expect(await queryOnce(labUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const [open] = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(open).toBeDefined();
    for (const one of taken) if (one.status === 'fulfilled') await one.value.end();
  }, 60_000);

  it('leaves no role behind', async () => {
    const service = ours.services.postgres;
    const fresh = await caseOn(service);
    const roles = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'plan%'";
    expect(await queryOnce(service.url, roles)).toHaveLength(2);
    await fresh.drop();
    expect(await queryOnce(service.url, roles)).toEqual([]);
    await expect(freshDatabase(service, 'x', 'CREATE TABL')).rejects.toMatchObject({
      code: '42601',
    });
    expect(await queryOnce(service.url, roles)).toEqual([]);
  });

  it('has a login of its own also where our user may make roles and is no superuser', async () => {
    const service = ours.services.postgres;
    await queryOnce(service.url, "CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'maker'");
    await queryOnce(service.url, 'GRANT CONNECT ON DATABASE postgres TO maker');
    const url = new URL(service.url);
    url.username = url.password = 'maker';
    const fresh = await caseOn({ ...service, url: url.href });
    await queryOnce(fresh.url, 'ALTER TABLE accounts ADD COLUMN version int');
    await queryOnce(fresh.labUrl, 'SELECT version FROM accounts');
    expect(new URL(fresh.url).username).toMatch(/^plan_/);
    await fresh.drop();
    const roles = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'plan%'";
    expect(await queryOnce(service.url, roles)).toEqual([]);
  });

  it('is our user where that may make databases and no roles', async () => {
    const service = ours.services.postgres;
    await queryOnce(service.url, "CREATE ROLE owner LOGIN CREATEDB PASSWORD 'owner'");
    await queryOnce(service.url, 'GRANT CONNECT ON DATABASE postgres TO owner');
    const url = new URL(service.url);
    url.username = url.password = 'owner';
    const fresh = await caseOn({ ...service, url: url.href });
    expect(new URL(fresh.url).username).toBe('owner');
    await queryOnce(fresh.url, 'ALTER TABLE accounts ADD COLUMN version int');
    await fresh.drop();
  });
});

describe('the environment', () => {
  it('has no say in how the lab connects', async () => {
    const others = {
      ...{ PGSSLMODE: 'require', PGOPTIONS: '-c default_transaction_read_only=on', PGHOST: '::1' },
      ...{ PGUSER: 'nobody', PGPASSWORD: 'x', PGPASSFILE: '/nowhere', PGDATABASE: 'nowhere' },
      ...{ PGAPPNAME: 'mine', PGCONNECT_TIMEOUT: '1', PGSERVICE: 'nowhere', PGDATA: '/nowhere' },
      ...{
        PGSSLNEGOTIATION: 'direct',
        PGCLIENTENCODING: 'LATIN1',
        PGPORT: '1',
        PGTZ: 'Asia/Tokyo',
      },
    };
    const notices: string[] = [];
    Object.assign(process.env, others);
    try {
      const services = await startServices(['postgres'], {
        force: 'embedded',
        env: {},
        signal: ours.signal,
        onProgress: (text) => notices.push(text),
      });
      const { postgres: service } = services;
      if (service === undefined) throw new Error('no server');
      const fresh = await freshDatabase(service, 'x', 'CREATE TABLE t (id int)');
      await queryOnce(fresh.url, 'INSERT INTO t VALUES (1)');
      const database = openDatabase(fresh);
      const asked = "SELECT current_setting('client_encoding') AS encoding FROM t";
      expect(await database.query(asked)).toEqual([{ encoding: 'UTF8' }]);
      const session = await database.session();
      expect(await session.query('SELECT id FROM t')).toEqual([{ id: 1 }]);
      await database.close();
      await fresh.drop();
      await services.stopAll();
      expect(process.env).toMatchObject(others);
      expect(notices.join()).not.toContain('made anew');
    } finally {
      for (const name of Object.keys(others)) Reflect.deleteProperty(process.env, name);
    }
  }, 60_000);
});
