import { getContainerRuntimeClient, ImageName } from 'testcontainers';
import { exitCodes, PlanError } from '../../base/errors.js';
import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import { findEngine } from './docker-engine.js';
import type { Docker } from './docker-image.js';

/**
 * testcontainers looks for an engine by itself; here it is handed the one that has answered.
 * @throws PlanError `no-docker` (exit 4)
 */
export async function connectEngine(): Promise<{ engine: string; docker: Docker }> {
  const engine = await findEngine();
  if (engine === undefined) throw noEngine();
  // Not `localhost`, which may mean ::1 alone.
  const forIt = { DOCKER_HOST: engine, TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1' };
  const client = await withEnvironment(forIt, getContainerRuntimeClient);
  return { engine, docker: client.container.dockerode };
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

/** The full name of an image, as testcontainers asks for it. @throws PlanError `bad-image` (exit 4) */
export function imageName(given: string): string {
  const t = texts(dockerTexts);
  try {
    return ImageName.fromString(given).string;
  } catch (cause) {
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
