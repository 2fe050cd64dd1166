import { randomBytes } from 'node:crypto';
import { maskUrl } from '../../base/mask.js';
import { startDockerService } from '../docker/service.js';
import { freePort } from '../private/port.js';
import type { RunningService, StartOptions } from '../types.js';
import type { Viewer } from './viewer.js';

const folder = '/etc/plan';

/** In a container, in the network of this machine, on 127.0.0.1 alone. @throws PlanError (exit 4) */
export async function startDockerViewer(
  viewer: Viewer,
  options: StartOptions,
): Promise<RunningService> {
  const { name, image, otherPorts, prepare, versionAt } = viewer;
  const ports: number[] = [];
  while (ports.length <= otherPorts) ports.push(await freePort());
  const password = randomBytes(18).toString('hex');
  const { files, parameters, environment, url, settings } = prepare({
    ...{ folder, data: '/tmp/plan', ports, password },
  });
  return startDockerService(
    {
      ...{ service: name, variable: image.variable, usual: image.usual, network: 'host' },
      ports: ports.map((port) => ({ inside: port, outside: port })),
      ...{ command: parameters, environment },
      files: Object.fromEntries(
        Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]),
      ),
      ask: () => versionAt(url),
    },
    options,
    ({ answer: version, name: id, engine, life, stop }) => ({
      record: {
        ...{ name, version, provider: 'docker', kept: options.keep !== undefined },
        ...{ url: maskUrl(url), settings },
      },
      ...{ url, stop, died: life.died, handle: { kind: 'container', id, engine } },
    }),
  );
}
