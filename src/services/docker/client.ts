import { getContainerRuntimeClient, ImageName } from 'testcontainers';
import { exitCodes, PlanError } from '../../base/errors.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import { findEngine } from './engine.js';
import type { Docker } from './image.js';

/**
 * testcontainers looks for an engine by itself; here it is handed the one that has answered.
 * @throws PlanError `no-docker` (exit 4)
 */
export async function connectEngine(): Promise<{ engine: string; docker: Docker }> {
  const engine = await findEngine();
  if (engine === undefined) throw noEngine();
  // Not `localhost`, which may mean ::1 alone.
  const forIt = { DOCKER_HOST: engine, TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1' };
  try {
    const client = await withEnvironment(forIt, getContainerRuntimeClient);
    return { engine, docker: client.container.dockerode };
  } catch (error) {
    throw noEngine(error);
  }
}

async function withEnvironment<T>(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

/** The full name of an image, as testcontainers asks for it. */
export function imageName(given: string): string {
  return ImageName.fromString(given).string;
}

function noEngine(cause?: unknown): PlanError {
  const t = texts(dockerTexts);
  return new PlanError({
    code: 'no-docker',
    exit: exitCodes.environment,
    what: t.noEngine,
    mend: t.noEngineMend,
    cause,
  });
}
