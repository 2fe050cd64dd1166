import { randomBytes } from 'node:crypto';
import { firstThatAnswers, startDockerService } from '../docker/service.js';
import { recordOf } from './record.js';
import { closeToPrograms } from './secure.js';
import type { RunningService, StartOptions } from '../types.js';

/**
 * PostgreSQL in a container. `PLAN_POSTGRES_IMAGE` names another image than the official one; it
 * must take POSTGRES_PASSWORD as that one does.
 * @throws PlanError `no-docker`, `bad-image`, `image-missing`, `container-failed` (exit 4)
 */
export function startDockerPostgres(options: StartOptions): Promise<RunningService> {
  const password = randomBytes(18).toString('base64url');
  const how = { provider: 'docker', kept: options.keep !== undefined } as const;
  const ask = async (address: string) => {
    const url = `postgres://plan:${password}@${address}/postgres`;
    return { url, record: await recordOf(url, how) };
  };
  return startDockerService(
    {
      service: 'postgres',
      variable: 'PLAN_POSTGRES_IMAGE',
      usual: 'postgres:18-alpine',
      ports: [{ inside: 5432 }],
      command: ['postgres', '-c', 'max_connections=200'],
      environment: { POSTGRES_USER: 'plan', POSTGRES_PASSWORD: password, POSTGRES_DB: 'postgres' },
      async ask(addresses) {
        await firstThatAnswers(addresses, ask);
        // It may have come up between two questions: now that it answers, the likeliest counts.
        const answer = await firstThatAnswers(addresses, ask);
        await closeToPrograms(answer.url);
        return answer;
      },
    },
    options,
    ({ answer, name, engine, life, stop }) => ({
      ...answer,
      died: life.died,
      handle: { kind: 'container', id: name, engine },
      stop,
    }),
  );
}
