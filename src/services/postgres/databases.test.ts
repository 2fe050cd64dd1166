import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { useServices } from '../../../test/support/use-services.js';
import { registerFolder } from '../../register/register.js';
import { startServices } from '../start.js';
import { queryOnce } from './connection.js';
import { examinePostgres } from './doctor.js';
import { freshDatabase } from './fresh.js';

/** What is asked of one server that is there; how they start and end is in postgres.test.ts. */
const ours = useServices({ postgres: 'embedded' });
const notices: string[] = [];
beforeEach(() => void notices.splice(0));
const options = {
  signal: new AbortController().signal,
  onProgress: (text: string) => void notices.push(text),
};

describe('a server', () => {
  it('wants the password', async () => {
    const { url } = ours.services.postgres;
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(queryOnce(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });
});

describe('databases', () => {
  it('are named plan_…, empty, and dropped under whoever uses them', async () => {
    const service = ours.services.postgres;
    const fresh = await freshDatabase(service, "naive; Ñandú's -- DROP");
    const name = new URL(fresh.url).pathname.slice(1);
    expect(name).toMatch(/^plan_naive_and_s_drop_[0-9a-f]{12}$/);
    const held = queryOnce(fresh.url, 'SELECT pg_sleep(60)');
    const refused = expect(held).rejects.toMatchObject({ code: '57P01' });
    const count = `SELECT count(*)::int FROM pg_stat_activity WHERE datname = '${name}'`;
    await expect
      .poll(() => queryOnce(service.url, count), { timeout: 15_000 })
      .toEqual([{ count: 1 }]);
    await fresh.drop();
    await refused;
    await fresh.drop();
    const list = "SELECT datname FROM pg_database WHERE datname LIKE 'plan%'";
    expect(await queryOnce(service.url, list)).toEqual([]);
  });

  it('of a server that others started are in the register while they are there', async () => {
    const { url } = ours.services.postgres;
    const { postgres } = await startServices(['postgres'], {
      ...options,
      env: { DATABASE_URL: url },
    });
    if (postgres === undefined) throw new Error('no server');
    expect(postgres.record.provider).toBe('url');
    const fresh = await freshDatabase(postgres, 'x');
    const [entry = ''] = readdirSync(registerFolder()).filter((name) =>
      name.includes('.urlplace-'),
    );
    expect(readFileSync(path.join(registerFolder(), entry), 'utf8')).not.toContain(
      new URL(url).password,
    );
    await fresh.drop();
    await postgres.stop();
    expect(await queryOnce(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('say who may create them, where the user may not', async () => {
    const service = ours.services.postgres;
    await queryOnce(service.url, "CREATE ROLE poor LOGIN PASSWORD 'poor'");
    await queryOnce(service.url, 'GRANT CONNECT ON DATABASE postgres TO poor');
    const url = new URL(service.url);
    url.username = url.password = 'poor';
    const poor = { ...service, url: url.href };
    await expect(freshDatabase(poor, 'x')).rejects.toMatchObject({ code: 'no-createdb', exit: 4 });
  });
});

describe('a server that was given', () => {
  it('is refused where cases cannot run on it, at once and with what mends it', async () => {
    const { url } = ours.services.postgres;
    const given = async (role: string): Promise<unknown> => {
      await queryOnce(url, role);
      await queryOnce(url, 'GRANT CONNECT ON DATABASE postgres TO guest');
      const own = new URL(url);
      own.username = own.password = 'guest';
      const env = { DATABASE_URL: own.href };
      return startServices(['postgres'], { ...options, force: 'url', env });
    };
    await expect(given("CREATE ROLE guest LOGIN PASSWORD 'guest'")).rejects.toMatchObject({
      ...{ code: 'no-createdb', exit: 4, mend: expect.stringContaining('CREATEDB') as string },
    });
    await expect(given('ALTER ROLE guest CREATEDB CONNECTION LIMIT 10')).rejects.toMatchObject({
      ...{
        code: 'few-connections',
        exit: 4,
        mend: expect.stringContaining('CONNECTION') as string,
      },
    });
  });

  it('says where programs of a given server log in as its own user', async () => {
    const { url } = ours.services.postgres;
    await queryOnce(url, "CREATE ROLE owner LOGIN CREATEDB PASSWORD 'owner'");
    await queryOnce(url, 'GRANT CONNECT ON DATABASE postgres TO owner');
    const own = new URL(url);
    own.username = own.password = 'owner';
    for (const [env, role] of [
      [{ DATABASE_URL: own.href }, 'shared'],
      [{ DATABASE_URL: url }, 'own'],
    ] as const) {
      notices.splice(0);
      const { postgres } = await startServices(['postgres'], { ...options, force: 'url', env });
      expect(postgres?.record.settings['program_role']).toBe(role);
      expect(notices.join().includes('may create no roles')).toBe(role === 'shared');
      const none = { id: 'x', title: 'x', state: 'optional', detail: '' } as const;
      const checks = await examinePostgres(env, { docker: none, kept: none });
      const check = checks.find(({ id }) => id === 'postgres-url');
      expect(check).toMatchObject({ state: 'ok' });
      expect(check?.mend?.includes('CREATEROLE') ?? false).toBe(role === 'shared');
    }
  });
});
