import { request, type RequestOptions } from 'node:http';
import { runningTexts } from '../../i18n/running.js';
import { texts } from '../../i18n/text.js';

interface Container {
  readonly id: string;
  readonly engine?: string | undefined;
}

/**
 * Removes a container with its volumes through the engine's own API, so that no client program is
 * needed. @returns why it could not be removed
 */
export async function removeContainer({ id, engine }: Container): Promise<string | undefined> {
  const status = await askEngine(engine, `/containers/${encodeURIComponent(id)}?force=true&v=true`);
  // 404: it is gone already. 409: its removal is under way.
  if (status < 300 || status === 404 || status === 409) return undefined;
  return texts(runningTexts).engineAnswered(status);
}

function askEngine(engine: string | undefined, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = { ...address(engine), path, method: 'DELETE', timeout: 10_000 };
    const asked = request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', reject);
    asked.end();
  });
}

function address(engine: string | undefined): RequestOptions {
  const url = new URL(engine ?? (process.env['DOCKER_HOST'] || 'unix:///var/run/docker.sock'));
  if (url.protocol === 'unix:') return { socketPath: url.pathname };
  return { host: url.hostname, port: url.port || 2375 };
}
