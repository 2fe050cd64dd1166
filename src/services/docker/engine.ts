import { readFileSync } from 'node:fs';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { dockerContexts } from './contexts.js';

/** How long an engine may take to answer, milliseconds. */
const patience = 1_000;

/**
 * The first Docker engine that answers, as a value for DOCKER_HOST: the one that DOCKER_HOST or
 * DOCKER_CONTEXT names where one is set; else that of `docker context use`, the usual sockets of
 * Docker, rootless Docker, Docker Desktop, Colima, OrbStack, Rancher Desktop and Podman, and the
 * other contexts. An engine of another machine does not count: what it publishes on 127.0.0.1 can't
 * be reached from here.
 */
export async function findEngine(env = process.env): Promise<string | undefined> {
  const answers = await Promise.all(
    candidates(env).map(async (engine) => ((await answersPing(engine, env)) ? engine : undefined)),
  );
  return answers.find((engine) => engine !== undefined);
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const given = env['DOCKER_HOST'];
  if (given) return [given];
  const home = env['HOME'] || os.homedir();
  const { asked, known } = dockerContexts(env, home);
  if (asked !== undefined) return asked === null ? [] : [asked];
  const usual = sockets(env, home).map((socket) => `unix://${socket}`);
  return [...new Set([...known.slice(0, 1), ...usual, ...known.slice(1)])];
}

/** Where engines listen; none of these places can be made by another user. */
function sockets(env: NodeJS.ProcessEnv, home: string): string[] {
  const user = `/run/user/${process.getuid?.() ?? 0}`;
  const runtimes = [...new Set([env['XDG_RUNTIME_DIR'] || user, user])];
  const machine = path.join(home, '.local', 'share', 'containers', 'podman', 'machine');
  return [
    '/var/run/docker.sock',
    ...runtimes.map((runtime) => path.join(runtime, 'docker.sock')),
    path.join(home, '.docker', 'run', 'docker.sock'),
    path.join(home, '.docker', 'desktop', 'docker.sock'),
    path.join(home, '.orbstack', 'run', 'docker.sock'),
    path.join(home, '.colima', 'default', 'docker.sock'),
    path.join(home, '.config', 'colima', 'default', 'docker.sock'),
    path.join(home, '.rd', 'docker.sock'),
    ...runtimes.map((runtime) => path.join(runtime, 'podman', 'podman.sock')),
    '/run/podman/podman.sock',
    path.join(machine, 'podman.sock'),
    path.join(machine, 'qemu', 'podman.sock'),
  ];
}

function answersPing(engine: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const options = addressOf(engine, env);
  if (options === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const heard = (response: IncomingMessage): void => {
      response.resume();
      resolve(response.statusCode === 200);
    };
    const asking = options.ca ? secureRequest(options, heard) : request(options, heard);
    // A signal and not `timeout`, which does not count the time to connect.
    asking.on('error', () => resolve(false));
    asking.end();
  });
}

type Address = RequestOptions & { ca?: Buffer; cert?: Buffer; key?: Buffer };

function addressOf(engine: string, env: NodeJS.ProcessEnv): Address | undefined {
  const asked = { path: '/_ping', signal: AbortSignal.timeout(patience), agent: false as const };
  try {
    const url = new URL(engine);
    if (url.protocol === 'unix:') return { ...asked, socketPath: url.pathname };
    if (!isThisMachine(url.hostname)) return undefined;
    const secure = env['DOCKER_TLS_VERIFY'] === '1';
    return {
      ...asked,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (secure ? 2376 : 2375),
      ...(secure ? certificates(env['DOCKER_CERT_PATH']) : {}),
    };
  } catch {
    return undefined;
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

function certificates(folder = path.join(os.homedir(), '.docker')): Partial<Address> {
  const read = (name: string): Buffer => readFileSync(path.join(folder, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}
