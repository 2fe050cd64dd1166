import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, PlanError } from '../../base/errors.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import { register } from '../../register/register.js';
import type { PublishedPort } from './container.js';
import { ContainerLife } from './life.js';
import { findEngine } from './engine.js';
import { engineMessage, ensureImage, type Docker } from './image.js';
import type { RunningService, StartOptions } from '../types.js';

/** From the start of the container to the first answer, seconds; a first start has much to do. */
const startLimit = 60;

/** True where a Docker engine of this machine answers, within a second; loads nothing heavy. */
export async function dockerAnswers(): Promise<boolean> {
  return (await findEngine()) !== undefined;
}

/** A service as its image wants to be started and asked. */
export interface DockerService<Answer> {
  readonly service: ServiceName;
  /** The variable that names another image, and the image without. */
  readonly variable: string;
  readonly usual: string;
  readonly ports: readonly PublishedPort[];
  /** This machine's own network: `ports` are where it listens then, on 127.0.0.1 alone. */
  readonly network?: 'host';
  /** What lies in it before it starts. */
  readonly files?: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Asks the service itself: the engine's proxy accepts connections before any server does.
   * @param addresses `host:port` where its first port may be reached
   * @throws while it does not answer
   */
  readonly ask: (addresses: readonly string[]) => Promise<Answer>;
}

export interface Container<Answer> {
  readonly answer: Answer;
  readonly docker: Docker;
  readonly name: string;
  readonly engine: string;
  readonly life: ContainerLife;
  /** Waits until the service answers, after another start. @throws PlanError `container-failed` */
  readonly untilAnswers: (signal: AbortSignal) => Promise<void>;
  /** Removes it. */
  readonly stop: () => Promise<void>;
}

/**
 * A service in a container of its own, published on 127.0.0.1 only.
 * @param make what the rest of the program gets of it; handed to `keep` where it is to be kept
 * @throws PlanError `no-docker`, `bad-image`, `image-missing`, `container-failed` (exit 4)
 */
export async function startDockerService<Answer, Service extends RunningService>(
  wanted: DockerService<Answer>,
  options: StartOptions,
  make: (container: Container<Answer>) => Service,
): Promise<Service> {
  const { connectEngine, imageName } = await import('./client.js');
  const { engine, docker } = await connectEngine();
  const image = imageName(process.env[wanted.variable] || wanted.usual);
  await ensureImage(docker, { ...wanted, image }, options);
  options.signal.throwIfAborted();

  const name = `plan-${wanted.service}-${randomBytes(6).toString('hex')}`;
  const release = await register({ kind: 'container', id: name, engine });
  const { removeContainer } = await import('./container.js');
  const remove = async (): Promise<void> => {
    await removeContainer(docker, name);
    await release();
  };
  const starting = { docker, image, name, wanted };
  const answer = await start({ ...starting, remove, options });
  const life = new ContainerLife(docker, name, wanted.service, options.keep !== undefined);
  const stop = async (): Promise<void> => {
    life.forget();
    await remove();
  };
  const untilAnswers = async (signal: AbortSignal): Promise<void> => {
    await firstAnswer(starting, signal);
  };
  const service = make({ answer, docker, name, engine, life, untilAnswers, stop });
  try {
    await options.keep?.(service);
  } catch (error) {
    await stop();
    throw error;
  }
  if (options.keep !== undefined) await release();
  return service;
}

interface Starting<Answer> {
  readonly docker: Docker;
  readonly image: string;
  readonly name: string;
  readonly wanted: DockerService<Answer>;
}

interface Start<Answer> extends Starting<Answer> {
  readonly remove: () => Promise<void>;
  readonly options: StartOptions;
}

/** Leaves no container behind where it fails, or where Ctrl-C ends it. */
async function start<Answer>({ remove, options, ...starting }: Start<Answer>): Promise<Answer> {
  const { LoopbackContainer } = await import('./container.js');
  const { image, name, wanted } = starting;
  const { signal, onProgress } = options;
  onProgress(texts(dockerTexts).starting(serviceTitles[wanted.service], image));
  const found: { answer?: Answer } = {};
  const container = new LoopbackContainer({
    ...wanted,
    image,
    name,
    signal,
    untilReady: async () => {
      found.answer = await firstAnswer(starting, signal);
    },
  });
  try {
    await container.start();
    if (found.answer === undefined) throw new Error('testcontainers did not wait');
    return found.answer;
  } catch (error) {
    const fault = await explain(starting, error);
    await remove();
    signal.throwIfAborted();
    throw fault;
  }
}

/** A container that ends at once shows itself to testcontainers only as a port that never opens. */
async function explain<Answer>(
  { docker, image, name, wanted }: Starting<Answer>,
  error: unknown,
): Promise<unknown> {
  if (error instanceof PlanError) return error;
  const t = texts(dockerTexts);
  const { exitCodeOf, lastLines } = await import('./container.js');
  const code = await exitCodeOf(docker, name).catch(() => undefined);
  if (code === undefined) return failed(t.notStarted(image, engineMessage(error)), error);
  const title = serviceTitles[wanted.service];
  return failed(t.stoppedEarly(title, image, code), error, await lastLines(docker, name));
}

async function firstAnswer<Answer>(
  { docker, image, name, wanted }: Starting<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  const { addressesOf, exitCodeOf, lastLines } = await import('./container.js');
  const t = texts(dockerTexts);
  const title = serviceTitles[wanted.service];
  const [{ inside }] = wanted.ports as [PublishedPort];
  const until = performance.now() + startLimit * 1000;
  let last: unknown;
  while (performance.now() < until) {
    signal.throwIfAborted();
    const code = await exitCodeOf(docker, name);
    if (code !== undefined)
      throw failed(t.stoppedEarly(title, image, code), last, await lastLines(docker, name));
    try {
      return await wanted.ask(await addressesOf(docker, name, inside));
    } catch (error) {
      last = error;
    }
    await sleep(50, undefined, { signal });
  }
  throw failed(t.notReady(title, image, startLimit), last, await lastLines(docker, name));
}

/** One after the other: the first is the likeliest. @throws the last one's error */
export async function firstThatAnswers<Answer>(
  addresses: readonly string[],
  ask: (address: string) => Promise<Answer>,
): Promise<Answer> {
  let last: unknown = new Error('it has no address');
  for (const address of addresses) {
    try {
      return await ask(address);
    } catch (error) {
      last = error;
    }
  }
  throw last;
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
