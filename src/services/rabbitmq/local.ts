import { realpathSync } from 'node:fs';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { BrokerRuntime } from './private/runtime.js';
import { startNode } from './private/start.js';
import { isExecutable, list, onPath } from '../private/programs.js';
import { compareVersions } from '../private/versions.js';
import type { StartOptions } from '../types.js';
import type { RunningRabbitMq } from './types.js';

/** From here on RabbitMQ wants an Erlang that starts without `epmd`. */
export const oldest = '3.10';

/** A RabbitMQ that is installed on this machine. */
export interface LocalBroker {
  readonly plugins: string;
  /** `3.10.8` */
  readonly version: string;
}

/**
 * What is installed, newest version first; only those from version 3.10 on. They are programs to
 * start a private node with; one that the system runs is never touched.
 */
export function findLocalBrokers(env = process.env): LocalBroker[] {
  const folders = new Set([...besidePrograms(env), ...usualFolders()].flatMap(pluginsOf));
  return [...folders]
    .flatMap((plugins) => {
      const version = brokerVersion(plugins);
      return version === undefined ? [] : [{ plugins, version }];
    })
    .filter(({ version }) => compareVersions(version, oldest) >= 0)
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** Of the Erlang that is on the PATH. */
export function findErlang(env = process.env): string | undefined {
  return [...onPath(env), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
    .map((folder) => path.join(folder, 'erl'))
    .find(isExecutable);
}

/** @throws PlanError (exit 4) · the signal's reason */
export async function startLocalBroker(options: StartOptions): Promise<RunningRabbitMq> {
  const [local] = findLocalBrokers();
  if (local === undefined) throw missing(texts(brokerTexts).noLocal);
  const erl = findErlang();
  if (erl === undefined) throw missing(texts(brokerTexts).noErlang(local.plugins));
  const runtime: BrokerRuntime = { ...local, erl, environment: {} };
  return startNode({ ...options, provider: 'local', runtime: () => Promise.resolve(runtime) });
}

/** The version of `rabbit-3.10.8`; undefined where this is no folder of RabbitMQ's plugins. */
export function brokerVersion(plugins: string): string | undefined {
  const versions = list(plugins).flatMap(
    (name) => /^rabbit-(\d+\.\d+(\.\d+)*)/.exec(name)?.[1] ?? [],
  );
  return versions.sort(compareVersions).at(-1);
}

/** `…/sbin/rabbitmq-server`, by whatever links it is on the PATH. */
function besidePrograms(env: NodeJS.ProcessEnv): string[] {
  return onPath(env).flatMap((folder) => {
    try {
      return [path.dirname(path.dirname(realpathSync(path.join(folder, 'rabbitmq-server'))))];
    } catch {
      return [];
    }
  });
}

/** On Debian what is on the PATH is a script that wants to be root. */
function usualFolders(): string[] {
  const parent = '/usr/lib/rabbitmq/lib';
  const versions = list(parent).map((name) => path.join(parent, name));
  return [...versions, '/opt/homebrew/opt/rabbitmq', '/usr/local/opt/rabbitmq', '/opt/rabbitmq'];
}

function pluginsOf(home: string): string[] {
  try {
    return [realpathSync(path.join(home, 'plugins'))];
  } catch {
    return [];
  }
}

function missing(what: string): PlanError {
  const t = texts(brokerTexts);
  return new PlanError({
    code: 'no-local-rabbitmq',
    exit: exitCodes.environment,
    what,
    mend: process.platform === 'darwin' ? t.noLocalMendMac : t.noLocalMend,
  });
}
