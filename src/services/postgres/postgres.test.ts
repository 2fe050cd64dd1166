import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { useRealServices } from '../../../test/support/real-services.js';
import { exitCodes, PlanError } from '../../base/errors.js';
import { lifeOf, type ProcessIdentity } from '../../register/identity.js';
import { registerFolder } from '../../register/register.js';
import { startServices } from '../start.js';
import { serviceHome } from '../private/home.js';
import { freePort } from '../private/port.js';
import { startCluster } from './private/start.js';
import { databaseUser } from '../private/user.js';
import { queryOnce } from './connection.js';
import { examinePostgres } from './doctor.js';
import { freshDatabase } from './fresh.js';
import { findEmbedded, unpackEmbedded } from './embedded.js';
import type { RunningService } from '../types.js';

/** On real servers of the embedded package; test/services.test.ts has those of this machine. */

const home = (): string => serviceHome('postgres', databaseUser(), () => undefined);
const instances = (): string => path.join(home(), 'instances');
const { notices, options, started } = useRealServices<RunningService>('postgres', instances);

async function embedded(choosePort?: () => Promise<number>): Promise<RunningService> {
  const found = findEmbedded();
  if (found === undefined) throw new Error('npm ci has not installed PostgreSQL');
  const service = await startCluster({
    ...options,
    provider: 'embedded',
    binaries: (place) => unpackEmbedded(found, place, options),
    ...(choosePort && { choosePort }),
  });
  started.push(service);
  return service;
}

function processOf({ handle }: RunningService): ProcessIdentity {
  if (handle?.kind !== 'process') throw new Error('not a process');
  return handle.process;
}

describe('a private server', () => {
  it('answers on 127.0.0.1 alone, keeps what it is told, and leaves nothing', async () => {
    const service = await embedded();
    expect(service.record).toMatchObject({ provider: 'embedded', kept: false });
    expect(service.record.settings).toMatchObject({ fsync: 'on', max_connections: '200' });
    expect(service.record.url).toContain('postgres:***@127.0.0.1:');
    const rows = await queryOnce(
      service.url,
      `SELECT name, setting FROM pg_settings WHERE name IN
       ('listen_addresses', 'unix_socket_directories', 'server_encoding', 'synchronous_commit')`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name as string, setting]))).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    });
    await service.stop();
    await service.stop();
    expect(lifeOf(processOf(service))).toBe('gone');
  }, 60_000);

  it('wants the password', async () => {
    const { url } = await embedded();
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(queryOnce(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('tries another port where somebody was faster', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port: taken } = other.address() as { port: number };
    const ports = [taken, await freePort()];
    const service = await embedded(() => Promise.resolve(ports.shift() ?? 0));
    other.close();
    expect(ports).toEqual([]);
    expect(new URL(service.url).port).not.toBe(String(taken));
  });

  it('tells of its death, with the end of its log', async () => {
    const service = await embedded();
    process.kill(processOf(service).pid, 'SIGKILL');
    const error = await service.died;
    expect(error).toBeInstanceOf(PlanError);
    expect(error).toMatchObject({ code: 'postgres-died', exit: exitCodes.environment });
    expect(error.message).toContain('ready to accept connections');
  });

  it('is not started, or is ended, where the signal aborts', async () => {
    const reason = new Error('Ctrl-C');
    for (const wait of [0, 20, 100, 200, 300]) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(reason), wait);
      const outcome = await startServices(['postgres'], {
        ...options,
        force: 'embedded',
        env: {},
        signal: controller.signal,
      }).then(
        (services) => services.stopAll(),
        (error: unknown) => error,
      );
      clearTimeout(timer);
      expect([undefined, reason]).toContain(outcome);
      expect(readdirSync(registerFolder())).toEqual([]);
    }
  }, 60_000);

  it('makes a damaged template anew, once, and says so', async () => {
    await (await embedded()).stop();
    const templates = path.join(home(), 'templates');
    const [name = ''] = readdirSync(templates);
    rmSync(path.join(templates, name, 'data', 'global', 'pg_control'));
    notices.splice(0);
    const service = await embedded();
    expect(notices.join()).toContain('made anew');
    expect(await queryOnce(service.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(templates).sort()).toEqual([`broken-${name}`, name]);
  }, 60_000);
});

describe('databases', () => {
  it('are named plan_…, empty, and dropped under whoever uses them', async () => {
    const service = await embedded();
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
    const { url } = await embedded();
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
    const service = await embedded();
    await queryOnce(service.url, "CREATE ROLE poor LOGIN PASSWORD 'poor'");
    await queryOnce(service.url, 'GRANT CONNECT ON DATABASE postgres TO poor');
    const url = new URL(service.url);
    url.username = url.password = 'poor';
    const poor = { ...service, url: url.href };
    await expect(freshDatabase(poor, 'x')).rejects.toMatchObject({ code: 'no-createdb', exit: 4 });
  });

  it('survive a server that is gone', async () => {
    const service = await embedded();
    const fresh = await freshDatabase(service, 'x');
    process.kill(processOf(service).pid, 'SIGKILL');
    await service.died;
    await fresh.drop();
  });
});

describe('the choice', () => {
  it('takes the next way where a URL does not work, and says why without the password', async () => {
    const port = await freePort();
    const services = await startServices(['postgres'], {
      ...options,
      env: { DATABASE_URL: `postgres://anna:secret@127.0.0.1:${port}/shop` },
    });
    expect(services.postgres?.record.provider).not.toBe('url');
    await services.stopAll();
    expect(notices[0]).toContain('ECONNREFUSED');
    expect(notices.join()).not.toContain('secret');
  }, 60_000);

  it('ends with exit 4 where the forced way does not work', async () => {
    const start = (env: NodeJS.ProcessEnv): Promise<unknown> =>
      startServices(['postgres'], { ...options, force: 'url', env });
    await expect(start({})).rejects.toMatchObject({ code: 'no-database-url', exit: 4 });
    await expect(start({ DATABASE_URL: 'mysql://x/y' })).rejects.toMatchObject({
      code: 'database-url-failed',
      exit: 4,
    });
  });

  it('refuses a given server on which cases cannot run, at once and with what mends it', async () => {
    const { url } = await embedded();
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
    const { url } = await embedded();
    await queryOnce(url, "CREATE ROLE guest LOGIN CREATEDB PASSWORD 'guest'");
    await queryOnce(url, 'GRANT CONNECT ON DATABASE postgres TO guest');
    const own = new URL(url);
    own.username = own.password = 'guest';
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

  it('starts nothing for a kata that needs nothing', async () => {
    const services = await startServices([], { ...options, env: {} });
    expect(services.postgres).toBeUndefined();
    await services.stopAll();
    expect(existsSync(instances())).toBe(true);
  });
});
