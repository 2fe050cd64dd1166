import { existsSync } from 'node:fs';
import { GenericContainer } from 'testcontainers';
import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import { engineMessage, type Docker } from './image.js';

export interface PublishedPort {
  readonly inside: number;
  /** The engine chooses one where nothing is said, and another one after a restart. */
  readonly outside?: number;
}

interface Wanted {
  readonly image: string;
  /** Chosen by us beforehand, so that the register knows it before the container is made. */
  readonly name: string;
  readonly ports: readonly PublishedPort[];
  readonly network?: 'host';
  readonly files?: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Waits until the service answers; called again nowhere. */
  readonly untilReady: () => Promise<void>;
}

/**
 * A container whose port is published on 127.0.0.1 only; testcontainers itself publishes on every
 * address of the machine. Ryuk has no part in it: it would be one more image to pull and one more
 * container that listens on every address, the register of what is running does its work, and a
 * kept service must outlive this program.
 */
export class LoopbackContainer extends GenericContainer {
  readonly #signal: AbortSignal;

  constructor({ image, name, ports, command, environment, signal, untilReady, ...more }: Wanted) {
    super(image);
    this.#signal = signal;
    this.withName(name)
      .withEnvironment({ ...environment })
      .withAutoCleanup(false)
      .withWaitStrategy(waitStrategy(untilReady));
    if (command.length > 0) this.withCommand([...command]);
    const files = Object.entries(more.files ?? {});
    this.withCopyContentToContainer(files.map(([target, content]) => ({ target, content })));
    if (more.network !== undefined) {
      this.withNetworkMode(more.network);
      return;
    }
    this.createOpts.ExposedPorts = Object.fromEntries(
      ports.map(({ inside }) => [`${inside}/tcp`, {}]),
    );
    this.hostConfig.PortBindings = Object.fromEntries(
      ports.map(({ inside, outside }) => [
        `${inside}/tcp`,
        [{ HostIp: '127.0.0.1', HostPort: String(outside ?? '') }],
      ]),
    );
  }

  /** The last moment to see Ctrl-C before something runs. */
  protected override containerCreated(): Promise<void> {
    this.#signal.throwIfAborted();
    return Promise.resolve();
  }
}

type WaitStrategy = Parameters<GenericContainer['withWaitStrategy']>[0];

function waitStrategy(untilReady: () => Promise<void>): WaitStrategy {
  const strategy: WaitStrategy = {
    waitUntilReady: untilReady,
    // `untilReady` has a limit of its own.
    withStartupTimeout: () => strategy,
    isStartupTimeoutSet: () => false,
    getStartupTimeout: () => Number.POSITIVE_INFINITY,
  };
  return strategy;
}

/** `host:port` where a port of the container may be reached, the likeliest first. */
export async function addressesOf(docker: Docker, name: string, port: number): Promise<string[]> {
  const { NetworkSettings: network } = await docker.getContainer(name).inspect();
  const published = (network.Ports[`${port}/tcp`] ?? []).map(
    ({ HostPort }) => `127.0.0.1:${HostPort}`,
  );
  // Where this program itself runs in a container that was handed the engine's socket, 127.0.0.1
  // is not the engine's, but both containers are in one network.
  if (!existsSync('/.dockerenv')) return published;
  const own = Object.values(network.Networks).map(({ IPAddress }) => IPAddress);
  return [...published, ...own.filter(Boolean).map((address) => `${address}:${port}`)];
}

/** Undefined while it runs. @throws the engine's error, also where there is no such container */
export async function exitCodeOf(docker: Docker, name: string): Promise<number | undefined> {
  const { State: state } = await docker.getContainer(name).inspect();
  return state.Status === 'exited' || state.Status === 'dead' ? state.ExitCode : undefined;
}

/** Its last lines, for a message; empty where there are none. */
export async function lastLines(docker: Docker, name: string): Promise<string> {
  try {
    const container = docker.getContainer(name);
    const log = await container.logs({ stdout: true, stderr: true, tail: 12 });
    return plainText(log).trim();
  } catch {
    return '';
  }
}

/** Without a terminal the engine puts a head of 8 bytes before each piece: stream, 0, 0, 0, size. */
function plainText(log: Buffer): string {
  const pieces: string[] = [];
  for (let at = 0; at + 8 <= log.length;) {
    const size = log.readUInt32BE(at + 4);
    pieces.push(log.toString('utf8', at + 8, at + 8 + size));
    at += 8 + size;
  }
  return pieces.join('');
}

/**
 * Kills and removes it with its volumes; what it held is made anew for every start.
 * @throws PlanError `container-not-removed` (exit 4)
 */
export async function removeContainer(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getContainer(name).remove({ force: true, v: true });
  } catch (error) {
    // 404: it is gone already. 409: its removal is under way.
    const status = (error as { statusCode?: unknown }).statusCode;
    if (status === 404 || status === 409) return;
    const t = texts(dockerTexts);
    throw new PlanError({
      code: 'container-not-removed',
      exit: exitCodes.environment,
      what: t.notRemoved(name, errorCode(error) ?? engineMessage(error)),
      mend: t.notRemovedMend(name),
      cause: error,
    });
  }
}
