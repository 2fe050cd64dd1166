import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Instance } from '../private/instance.js';
import type { ServerSpec } from '../private/launch.js';
import type { ServiceUser } from '../private/user.js';
import type { RedisProgram } from './program.js';

/** All that it takes to start a Redis of ours, again too: port, data and password stay the same. */
export interface RedisSpec extends ServerSpec {
  /** The administrator's, with the password. */
  readonly url: string;
}

/** How many cases may be at work at once, and one more: number 0 is left alone. */
export const databases = 64;

/**
 * What is confirmed is on the disk: that is what the experiments are about. Everything else that
 * bears on the figures stays as Redis ships it. No value may be longer than 16 MiB (512 as shipped):
 * the lab reads them whole.
 */
export const durable: readonly (readonly [string, string])[] = [
  ['appendonly', 'yes'],
  ['appendfsync', 'always'],
  ['save', '""'],
  ['databases', String(databases)],
  ['proto-max-bulk-len', '16mb'],
];

interface Making {
  readonly program: RedisProgram;
  readonly user: ServiceUser | undefined;
  readonly port: number;
}

/** Fills the folder for a first start on this port. Nothing of the system's own settings is read. */
export async function prepareInstance(
  { folder }: Instance,
  { program: { program, environment }, user, port }: Making,
): Promise<RedisSpec> {
  const password = randomBytes(18).toString('hex');
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('data'), { mode: 0o700 });
  // The password is in there, so that it does not stand in a list of processes.
  await writeFile(at('redis.conf'), configuration(at('data'), port, password), { mode: 0o400 });
  if (user !== undefined) {
    for (const name of ['data', 'redis.conf']) await chown(at(name), user.uid, user.gid);
  }
  const spec: RedisSpec = {
    program,
    parameters: [at('redis.conf')],
    environment: {
      ...environment,
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      PLAN_SERVICE: 'redis',
    },
    user: user === undefined ? null : { uid: user.uid, gid: user.gid },
    log: at('server.log'),
    url: `redis://:${password}@127.0.0.1:${port}`,
  };
  await writeFile(specFile(folder), JSON.stringify(spec, null, 2), { mode: 0o600 });
  return spec;
}

/** Of a server that `plan services up` keeps. @throws where its folder is gone */
export async function readSpec(folder: string): Promise<RedisSpec> {
  return JSON.parse(await readFile(specFile(folder), 'utf8')) as RedisSpec;
}

/** Forgets everything of a start that failed. */
export async function emptyInstance({ folder }: Instance): Promise<void> {
  for (const name of ['data', 'redis.conf', 'server.log'])
    await rm(path.join(folder, name), { recursive: true, force: true });
}

function configuration(data: string, port: number, password: string): string {
  const own: readonly (readonly [string, string])[] = [
    ['bind', '127.0.0.1'],
    ['port', String(port)],
    ['protected-mode', 'yes'],
    ['requirepass', password],
    ['dir', JSON.stringify(data)],
    ['daemonize', 'no'],
    // To standard output.
    ['logfile', '""'],
  ];
  return [...own, ...durable].map((words) => `${words.join(' ')}\n`).join('');
}

function specFile(folder: string): string {
  return path.join(folder, 'spec.json');
}
