import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, PlanError } from '../../base/errors.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
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
  const { connectEngine, imageName } = await import('./docker-client.js');
  const { engine, docker } = await connectEngine();
  const image = imageName(process.env['PLAN_POSTGRES_IMAGE'] || defaultImage);
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
    const fault = await explain({ docker, image, name }, error);
    await remove();
    signal.throwIfAborted();
    throw fault;
  }
}

/** A container that ends at once shows itself to testcontainers only as a port that never opens. */
async function explain(
  { docker, image, name }: Pick<Start, 'docker' | 'image' | 'name'>,
  error: unknown,
): Promise<unknown> {
  if (error instanceof PlanError) return error;
  const t = texts(dockerTexts);
  const { exitCodeOf, lastLines } = await import('./docker-container.js');
  const code = await exitCodeOf(docker, name).catch(() => undefined);
  if (code === undefined) return failed(t.notStarted(image, engineMessage(error)), error);
  return failed(t.stoppedEarly(image, code), error, await lastLines(docker, name));
}

interface Waiting extends Omit<Start, 'remove'> {
  readonly password: string;
}

/** Asks PostgreSQL itself: the engine's proxy accepts connections before any server does. */
async function untilReady(waiting: Waiting): Promise<Server> {
  const { docker, image, name, password, options } = waiting;
  const { addressesOf, exitCodeOf, lastLines } = await import('./docker-container.js');
  const { recordOf } = await import('./server-facts.js');
  const how = { provider: 'docker', kept: options.keep !== undefined } as const;
  const t = texts(dockerTexts);
  const until = performance.now() + startLimit * 1000;
  let last: unknown;
  const firstAnswer = async (): Promise<Server | undefined> => {
    for (const address of await addressesOf(docker, name, port)) {
      const url = `postgres://plan:${password}@${address}/postgres`;
      try {
        return { url, record: await recordOf(url, how) };
      } catch (error) {
        last = error;
      }
    }
    return undefined;
  };
  while (performance.now() < until) {
    options.signal.throwIfAborted();
    const code = await exitCodeOf(docker, name);
    if (code !== undefined)
      throw failed(t.stoppedEarly(image, code), last, await lastLines(docker, name));
    const server = await firstAnswer();
    // It may have come up between two questions: now that it answers, the likeliest address counts.
    if (server !== undefined) return (await firstAnswer()) ?? server;
    await sleep(50, undefined, { signal: options.signal });
  }
  throw failed(t.notReady(image, startLimit), last, await lastLines(docker, name));
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
