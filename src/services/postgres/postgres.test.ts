import { existsSync, readdirSync, rmSync } from 'node:fs';
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
import { freshDatabase } from './fresh.js';
import { findEmbedded, unpackEmbedded } from './embedded.js';
import type { RunningService } from '../types.js';

/**
 * How servers of the embedded package start and end; test/services.test.ts has those of this machine,
 * databases.test.ts what is asked of one that is there.
 */

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

  it('starts nothing for a kata that needs nothing', async () => {
    const services = await startServices([], { ...options, env: {} });
    expect(services.postgres).toBeUndefined();
    await services.stopAll();
    expect(existsSync(instances())).toBe(true);
  });
});
