import { randomBytes } from 'node:crypto';
import { ContainerControl } from '../docker/control.js';
import { firstThatAnswers, startDockerService } from '../docker/service.js';
import { freePort } from '../private/port.js';
import { redisRecord } from './connection.js';
import { durable } from './spec.js';
import type { StartOptions } from '../types.js';
import type { RunningRedis } from './types.js';

const inside = 6379;

/**
 * Redis in a container. `PLAN_REDIS_IMAGE` names another image than the official one; it must have
 * the official one's entrypoint.
 * @throws PlanError `no-docker`, `bad-image`, `image-missing`, `container-failed` (exit 4)
 */
export async function startDockerRedis(options: StartOptions): Promise<RunningRedis> {
  const password = randomBytes(18).toString('hex');
  const how = { provider: 'docker', kept: options.keep !== undefined } as const;
  const ask = async (address: string) => {
    const url = `redis://:${password}@${address}`;
    return { url, record: await redisRecord(url, how) };
  };
  return startDockerService(
    {
      service: 'redis',
      variable: 'PLAN_REDIS_IMAGE',
      usual: 'redis:8',
      // Chosen here, since after a restart it has to be the same.
      ports: [{ inside, outside: await freePort() }],
      command: ['sh', '-c', script],
      environment: { PLAN_REDIS_PASSWORD: password },
      ask: (addresses) => firstThatAnswers(addresses, ask),
    },
    options,
    ({ answer: { url, record }, docker, name, engine, life, untilAnswers, stop }) => ({
      record,
      url,
      control: new ContainerControl({
        ...{ name, life },
        connect: () => Promise.resolve(docker),
        untilAnswers: () => untilAnswers(options.signal),
      }),
      died: life.died,
      handle: { kind: 'container', id: name, engine },
      stop,
    }),
  );
}

/** The password comes by a file, so that it does not stand in a list of processes. */
const script = [
  `printf 'requirepass %s\\n' "$PLAN_REDIS_PASSWORD" >/tmp/plan.conf`,
  `printf '%s\\n' ${durable.map((words) => `'${words.join(' ')}'`).join(' ')} >>/tmp/plan.conf`,
  'exec docker-entrypoint.sh redis-server /tmp/plan.conf',
].join(' && ');
