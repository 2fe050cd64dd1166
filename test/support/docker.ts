import { execa, type ResultPromise } from 'execa';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { debianImage } from './debian-image.js';

/** A Docker engine for one test file, with images of PostgreSQL, RabbitMQ and Redis in it. */
export interface TestEngine {
  /** For DOCKER_HOST. */
  readonly host: string;
  readonly image: string;
  /** RabbitMQ 4. */
  readonly brokerImage: string;
  /** Redis 8. */
  readonly redisImage: string;
  /** Names of all containers, also of those that do not run. */
  containers(): Promise<string[]>;
  volumes(): Promise<string[]>;
  /** Asks the engine's API; a body goes as JSON. @throws for a status of 400 or more */
  ask(method: string, path: string, body?: object): Promise<unknown>;
  /** Another image: the same, with the given shell command as its entrypoint. @returns its name */
  variant(command: string): Promise<string>;
  stop(): Promise<void>;
}

const bridgePrefix = 'plantest';

/**
 * It lives in namespaces of its own for mounts and processes, so that nothing of it can outlive it,
 * however it ends. It shares the network, where 127.0.0.1 is, and makes no rules there: only a
 * bridge.
 */
export async function startEngine(): Promise<TestEngine> {
  const file = await debianImage();
  const folder = await mkdtemp(path.join(os.tmpdir(), `plan-docker-${process.pid}-`));
  const socket = path.join(folder, 'docker.sock');
  const bridge = `${bridgePrefix}${process.pid}`;
  await sweep();
  await execa('ip', ['link', 'add', 'name', bridge, 'type', 'bridge']);
  const daemon = startDaemon(folder, socket, bridge);
  const stop = async (): Promise<void> => {
    const first = await firstInside(daemon);
    daemon.kill('SIGKILL');
    await daemon;
    while (first !== undefined && existsSync(`/proc/${first}`)) await sleep(20);
    await removeTraces(String(process.pid));
  };
  const ask: TestEngine['ask'] = (method, path, body) => call({ socket, method, path, body });
  const image = 'plan-test/postgres:debian';
  try {
    await untilAnswers(ask, daemon);
    await load(socket, file, image);
  } catch (error) {
    await stop();
    throw new Error(`no Docker engine: ${(await daemon).all.slice(-3000)}`, {
      cause: error,
    });
  }
  /** Without a command, what the container is given is what it runs, as in official images. */
  const variant = async (name: string, command: string | undefined): Promise<string> => {
    const made = (await ask('POST', '/containers/create', { Image: image })) as { Id: string };
    const words = command === undefined ? ['/usr/bin/env'] : ['/bin/sh', '-c', command];
    const entrypoint = `ENTRYPOINT ${JSON.stringify(words)}`;
    const query = new URLSearchParams({ container: made.Id, repo: `plan-test/${name}`, tag: '1' });
    query.append('changes', entrypoint);
    await ask('POST', `/commit?${query.toString()}`);
    await ask('DELETE', `/containers/${made.Id}?v=true`);
    return `plan-test/${name}:1`;
  };
  return {
    host: `unix://${socket}`,
    image,
    brokerImage: await variant(
      'rabbitmq',
      'exec /usr/local/bin/docker-entrypoint.sh rabbitmq-server',
    ),
    redisImage: await variant('redis', undefined),
    containers: async () =>
      ((await ask('GET', '/containers/json?all=true')) as { Names: string[] }[]).flatMap(
        ({ Names }) => Names.map((name) => name.slice(1)),
      ),
    volumes: async () =>
      ((await ask('GET', '/volumes')) as { Volumes: { Name: string }[] | null }).Volumes?.map(
        ({ Name }) => Name,
      ) ?? [],
    ask,
    variant: (command) => variant('variant', command),
    stop,
  };
}

const daemonOptions = { all: true, reject: false, stdin: 'ignore' } as const;
type Daemon = ResultPromise<typeof daemonOptions>;

function startDaemon(folder: string, socket: string, bridge: string): Daemon {
  const dockerd = [
    'dockerd',
    `--host=unix://${socket}`,
    `--data-root=${folder}/data`,
    `--exec-root=${folder}/exec`,
    `--pidfile=${folder}/docker.pid`,
    `--bridge=${bridge}`,
    `--cgroup-parent=/${bridge}`,
    // Containers are reached through its proxy; they need no way out.
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
    '--ip-masq=false',
  ];
  // What it would write outside of its folders stays in its mount namespace.
  const hidden = ['/etc/docker', '/run/docker', '/run/containerd'].filter((it) => existsSync(it));
  const mounts = hidden.map((it) => `mount -t tmpfs none ${it} && `).join('');
  const inside = ['sh', '-c', `${mounts}exec "$@"`, 'sh', ...dockerd];
  const namespaces = ['unshare', '--mount', '--pid', '--mount-proc', '--kill-child', ...inside];
  return execa('setpriv', ['--pdeathsig=KILL', ...namespaces], daemonOptions);
}

/** The first process of the namespace; the kernel ends all others before it is gone itself. */
async function firstInside({ pid = 0 }: Daemon): Promise<string | undefined> {
  const file = `/proc/${pid}/task/${pid}/children`;
  return (await readFile(file, 'utf8').catch(() => '')).trim().split(' ')[0] || undefined;
}

async function untilAnswers(ask: TestEngine['ask'], daemon: Daemon): Promise<void> {
  const ended = { is: false };
  void daemon.then(() => (ended.is = true));
  const until = performance.now() + 60_000;
  for (;;) {
    try {
      await ask('GET', '/version');
      return;
    } catch (error) {
      if (ended.is || performance.now() > until) throw error;
    }
    await sleep(50);
  }
}

/** As `docker import` does. */
async function load(socket: string, file: string, image: string): Promise<void> {
  const [repo = '', tag = ''] = image.split(':');
  const query = new URLSearchParams({ fromSrc: '-', repo, tag });
  for (const change of [
    'ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]',
    'CMD ["postgres"]',
    'VOLUME /var/lib/postgresql/data',
  ])
    query.append('changes', change);
  await call({ socket, method: 'POST', path: `/images/create?${query.toString()}`, file });
}

interface Call {
  readonly socket: string;
  readonly method: string;
  readonly path: string;
  readonly file?: string;
  readonly body?: object | undefined;
}

/** @returns the answer read as JSON where it is, else its text. @throws for a status of 400 or more */
function call({ socket, method, path, file, body }: Call): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const options = { socketPath: socket, method, path, headers, agent: false as const };
    const asking = request(options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if ((response.statusCode ?? 500) >= 400) reject(new Error(text));
        else resolve(read(text));
      });
    });
    asking.on('error', reject);
    if (file === undefined) asking.end(body === undefined ? undefined : JSON.stringify(body));
    else createReadStream(file).on('error', reject).pipe(asking);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What is left of engines whose test run was killed: no process, but their bridge and files. */
async function sweep(): Promise<void> {
  const left = [...(await readdir('/sys/class/net')), ...(await readdir(os.tmpdir()))];
  const pids = left.flatMap((name) => /^(?:plantest|plan-docker-)(\d+)/.exec(name)?.[1] ?? []);
  for (const pid of new Set(pids)) if (!existsSync(`/proc/${pid}`)) await removeTraces(pid);
}

async function removeTraces(pid: string): Promise<void> {
  const name = `${bridgePrefix}${pid}`;
  await execa('ip', ['link', 'delete', name], { reject: false });
  await removeControlGroups(name);
  const folders = (await readdir(os.tmpdir())).filter((it) => it.startsWith(`plan-docker-${pid}-`));
  for (const folder of folders)
    await rm(path.join(os.tmpdir(), folder), {
      recursive: true,
      force: true,
      maxRetries: 10,
      retryDelay: 100,
    });
}

/** dockerd leaves the group that its containers were in, in each hierarchy. */
async function removeControlGroups(name: string): Promise<void> {
  const base = '/sys/fs/cgroup';
  const hierarchies = (await readdir(base).catch(() => [])).map((it) => path.join(base, it));
  for (const folder of [base, ...hierarchies].map((it) => path.join(it, name))) {
    for (const child of await readdir(folder).catch(() => []))
      await rmdir(path.join(folder, child)).catch(() => undefined);
    await rmdir(folder).catch(() => undefined);
  }
}
