import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, PlanError } from '../../base/errors.js';
import { maskUrl } from '../../base/mask.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import type { ServiceRecord } from '../../kata/run-record.js';
import { register } from '../running/register.js';
import { findEngine } from './docker-engine.js';
import { engineMessage, ensureImage, type Docker } from './docker-image.js';
import type { RunningService, StartOptions } from './types.js';

const defaultImage = 'postgres:18-alpine';
const port = 5432;
/** From the start of the container to the first answer, seconds; a first start runs initdb. */
const startLimit = 60;

/** True where a Docker engine of this machine answers, within a second; loads nothing heavy. */
export async function dockerAnswers(): Promise<boolean> {
  return (await findEngine()) !== undefined;
}

/**
 * PostgreSQL in a container of its own, published on 127.0.0.1 only. `PLAN_POSTGRES_IMAGE` names
 * another image than the official one; it must take POSTGRES_PASSWORD as that one does.
 * @throws PlanError `no-docker`, `bad-image`, `image-missing`, `container-failed` (exit 4)
 */
export async function startDockerPostgres(options: StartOptions): Promise<RunningService> {
  const engine = await findEngine();
  if (engine === undefined) throw noEngine();
  const docker = await connect(engine);
  const image = await imageName();
  await ensureImage(docker, image, options);
  options.signal.throwIfAborted();

  const name = `plan-postgres-${randomBytes(6).toString('hex')}`;
  const release = await register({ kind: 'container', id: name, engine });
  const { removeContainer } = await import('./docker-container.js');
  const remove = async (): Promise<void> => {
    await removeContainer(docker, name);
    await release();
  };
  const server = await start({ docker, image, name, remove, options });
  const watch = watchOver(docker, name, options.keep !== undefined);
  const stop = async (): Promise<void> => {
    watch.end();
    await remove();
  };
  const handle = { kind: 'container', id: name, engine } as const;
  const service = { ...server, died: watch.died, handle, stop };
  try {
    await options.keep?.(service);
  } catch (error) {
    await stop();
    throw error;
  }
  if (options.keep !== undefined) await release();
  return service;
}

interface Start {
  readonly docker: Docker;
  readonly image: string;
  readonly name: string;
  readonly remove: () => Promise<void>;
  readonly options: StartOptions;
}

type Server = Pick<RunningService, 'url' | 'record'>;

/** Leaves no container behind where it fails, or where Ctrl-C ends it. */
async function start({ docker, image, name, remove, options }: Start): Promise<Server> {
  const { LoopbackContainer } = await import('./docker-container.js');
  const { signal, onProgress } = options;
  onProgress(texts(dockerTexts).starting(image));
  const password = randomBytes(18).toString('base64url');
  const found: { server?: Server } = {};
  const container = new LoopbackContainer({
    image,
    name,
    port,
    command: ['postgres', '-c', 'max_connections=200'],
    environment: { POSTGRES_USER: 'plan', POSTGRES_PASSWORD: password, POSTGRES_DB: 'postgres' },
    signal,
    untilReady: async () => {
      found.server = await untilReady({ docker, image, name, password, options });
    },
  });
  try {
    await container.start();
    if (found.server === undefined) throw new Error('testcontainers did not wait');
    return found.server;
  } catch (error) {
    await remove();
    signal.throwIfAborted();
    throw error instanceof PlanError
      ? error
      : failed(texts(dockerTexts).notStarted(image, engineMessage(error)), error);
  }
}

interface Waiting extends Omit<Start, 'remove'> {
  readonly password: string;
}

/** Asks PostgreSQL itself: the engine's proxy accepts connections before any server does. */
async function untilReady(waiting: Waiting): Promise<Server> {
  const { docker, image, name, password, options } = waiting;
  const { addressesOf, exitCodeOf, lastLines } = await import('./docker-container.js');
  const t = texts(dockerTexts);
  const until = performance.now() + startLimit * 1000;
  let last: unknown;
  while (performance.now() < until) {
    options.signal.throwIfAborted();
    const code = await exitCodeOf(docker, name);
    if (code !== undefined)
      throw failed(t.stoppedEarly(image, code), last, await lastLines(docker, name));
    for (const address of await addressesOf(docker, name, port)) {
      const url = `postgres://plan:${password}@${address}/postgres`;
      try {
        return { url, record: await read(url, options) };
      } catch (error) {
        last = error;
      }
    }
    await sleep(50, undefined, { signal: options.signal });
  }
  throw failed(t.notReady(image, startLimit), last, await lastLines(docker, name));
}

/** The first answer of the server, and what bears on the figures. */
async function read(url: string, { keep }: StartOptions): Promise<ServiceRecord> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const names = ['fsync', 'synchronous_commit', 'max_connections'];
    const { rows } = await client.query<{ name: string; setting: string }>(
      'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
      [['server_version', ...names]],
    );
    const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    const { server_version: version = '', ...others } = settings;
    return {
      name: 'postgres',
      version: version.split(' ')[0] ?? version,
      provider: 'docker',
      url: maskUrl(url),
      kept: keep !== undefined,
      settings: others,
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A kept container outlives this program, which would not end while it waits for it. */
function watchOver(
  docker: Docker,
  name: string,
  keep: boolean,
): { died: Promise<Error>; end: () => void } {
  const ended = new AbortController();
  const died = new Promise<Error>((resolve) => {
    if (keep) return;
    const tell = async (): Promise<void> => {
      const waited = docker.getContainer(name).wait({ abortSignal: ended.signal });
      const { StatusCode: code } = (await waited) as { StatusCode: number };
      const { lastLines } = await import('./docker-container.js');
      const log = await lastLines(docker, name);
      if (!ended.signal.aborted) resolve(new Error(withLog(texts(dockerTexts).died(code), log)));
    };
    tell().catch((error: unknown) => {
      if (!ended.signal.aborted) resolve(new Error(engineMessage(error), { cause: error }));
    });
  });
  return { died, end: () => ended.abort() };
}

/** testcontainers looks for the engine by itself; here it is handed the one that has answered. */
async function connect(engine: string): Promise<Docker> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const before = { ...process.env };
  // Not `localhost`, which may mean ::1 alone.
  const forIt = { DOCKER_HOST: engine, TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1' };
  Object.assign(process.env, forIt);
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } finally {
    for (const name of Object.keys(forIt)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

async function imageName(): Promise<string> {
  const given = process.env['PLAN_POSTGRES_IMAGE'] || defaultImage;
  const { ImageName } = await import('testcontainers');
  try {
    return ImageName.fromString(given).string;
  } catch (cause) {
    const t = texts(dockerTexts);
    throw new PlanError({
      code: 'bad-image',
      exit: exitCodes.environment,
      what: t.badImage(given),
      mend: t.badImageMend,
      cause,
    });
  }
}

function noEngine(): PlanError {
  const t = texts(dockerTexts);
  return new PlanError({
    code: 'no-docker',
    exit: exitCodes.environment,
    what: t.noEngine,
    mend: t.noEngineMend,
  });
}

function failed(why: string, cause: unknown, log = ''): PlanError {
  const t = texts(dockerTexts);
  return new PlanError({
    code: 'container-failed',
    exit: exitCodes.environment,
    what: withLog(why, log),
    mend: t.notStartedMend,
    cause,
  });
}

function withLog(what: string, log: string): string {
  return log === '' ? what : `${what}\n${texts(dockerTexts).lastLines}\n${log}`;
}
