import { randomBytes } from 'node:crypto';
import { ContainerShelf, shelfInside } from './container-shelf.js';
import { startDockerService } from '../docker/service.js';
import { freePort } from '../private/port.js';
import type { StartOptions } from '../types.js';
import { configuration, parametersFor, user, webConfiguration, usualImage } from './config.js';
import { prometheusRecord } from './connection.js';
import type { RunningPrometheus } from './types.js';

const folder = '/etc/prometheus';

/**
 * Prometheus in a container, in the network of this machine: the programs that it looks at listen on
 * 127.0.0.1, as it does. `PLAN_PROMETHEUS_IMAGE` names another image of Prometheus 3 than the official
 * one; its entrypoint must be `prometheus`.
 * @throws PlanError `no-docker`, `bad-image`, `image-missing`, `container-failed` (exit 4)
 */
export async function startDockerPrometheus(options: StartOptions): Promise<RunningPrometheus> {
  const password = randomBytes(18).toString('hex');
  const how = { provider: 'docker', kept: options.keep !== undefined } as const;
  const port = await freePort();
  const url = `http://${user}:${password}@127.0.0.1:${port}`;
  return startDockerService(
    {
      service: 'prometheus',
      variable: 'PLAN_PROMETHEUS_IMAGE',
      usual: usualImage,
      ports: [{ inside: port, outside: port }],
      network: 'host',
      command: parametersFor({ folder, data: '/prometheus', port }),
      environment: { GOMAXPROCS: '1' },
      files: {
        [`${folder}/prometheus.yml`]: configuration(shelfInside, { from3: true }),
        [`${folder}/web.yml`]: await webConfiguration(password),
        [`${shelfInside}/README`]: 'Targets and rules of plan.\n',
      },
      ask: () => prometheusRecord(url, how),
    },
    options,
    ({ answer: record, docker, name, engine, life, stop }) => ({
      ...{ record, url, stop },
      shelf: new ContainerShelf(name, () => Promise.resolve(docker)),
      died: life.died,
      handle: { kind: 'container', id: name, engine },
    }),
  );
}
