import type { ContainerRuntimeClient } from 'testcontainers';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import type { StartOptions } from '../types.js';

/** The client of the engine that testcontainers brings. */
export type Docker = ContainerRuntimeClient['container']['dockerode'];

type Pull = Pick<StartOptions, 'signal' | 'onProgress'>;

export interface NamedImage {
  readonly image: string;
  /** The variable that may name another one, and what it is without. */
  readonly variable: string;
  readonly usual: string;
}

/**
 * Sees to it that the engine has the image. testcontainers would pull it as well, but silently,
 * without an end on Ctrl-C, and taking a download that broke off for a success.
 * @throws PlanError `image-missing`, `bad-image` (exit 4)
 */
export async function ensureImage(
  docker: Docker,
  { image, variable, usual }: NamedImage,
  { signal, onProgress }: Pull,
): Promise<void> {
  const t = texts(dockerTexts);
  try {
    if (await has(docker, image)) return;
    onProgress(t.pulling(image));
    const stream = await docker.pull(image, await pullOptions(image, signal));
    await follow(docker, stream, progressTeller(image, onProgress));
  } catch (error) {
    signal.throwIfAborted();
    if (statusOf(error) === 400) throw badImage({ image, variable, usual }, error);
    throw new PlanError({
      code: 'image-missing',
      exit: exitCodes.environment,
      what: t.noImage(image, engineMessage(error)),
      mend: t.noImageMend(variable),
      cause: error,
    });
  }
}

/** What the engine said, without the client's words around it. */
export function engineMessage(error: unknown): string {
  const json = (error as { json?: { message?: unknown } | null }).json;
  const message = typeof json?.message === 'string' ? json.message : errorMessage(error);
  return message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
}

async function has(docker: Docker, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

function statusOf(error: unknown): unknown {
  return (error as { statusCode?: unknown }).statusCode;
}

function badImage({ image, variable, usual }: NamedImage, cause: unknown): PlanError {
  const t = texts(dockerTexts);
  return new PlanError({
    code: 'bad-image',
    exit: exitCodes.environment,
    what: t.badImage(variable, image),
    mend: t.badImageMend(variable, usual),
    cause,
  });
}

async function pullOptions(image: string, abortSignal: AbortSignal): Promise<object> {
  const { getAuthConfig, ImageName } =
    await import('testcontainers/build/container-runtime/index.js');
  const registry = ImageName.fromString(image).registry ?? 'https://index.docker.io/v1/';
  // A credential helper that fails must not hinder the pull of a public image.
  const authconfig = await getAuthConfig(registry).catch(() => undefined);
  return { abortSignal, ...(authconfig === undefined ? {} : { authconfig }) };
}

interface PullEvent {
  readonly id?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

function follow(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  tell: (event: PullEvent) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error, events: PullEvent[]) => {
        const problem = error?.message ?? events.find((event) => event.error !== undefined)?.error;
        if (problem === undefined) resolve();
        else reject(new Error(problem, { cause: error }));
      },
      tell,
    );
  });
}

/** Tells whenever another tenth of what is known so far has come. */
function progressTeller(image: string, onProgress: Pull['onProgress']): (event: PullEvent) => void {
  const layers = new Map<string, { current: number; total: number }>();
  let told = 0;
  return ({ id, progressDetail: { current, total } = {} }) => {
    if (id === undefined || current === undefined || total === undefined) return;
    // The same layer counts from 0 again when it is unpacked.
    layers.set(id, { current: Math.max(current, layers.get(id)?.current ?? 0), total });
    const done = sum([...layers.values()].map((layer) => layer.current));
    const all = sum([...layers.values()].map((layer) => layer.total));
    if (done / all < told + 0.1) return;
    told = done / all;
    onProgress(texts(dockerTexts).pulled(image, megabytes(done), megabytes(all)));
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
