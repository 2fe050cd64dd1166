import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Instance } from '../private/instance.js';
import type { ServerSpec } from '../private/launch.js';
import type { ServiceUser } from '../private/user.js';
import { compareVersions } from '../private/versions.js';
import { configuration, parametersFor, user as login, webConfiguration } from './config.js';
import type { PrometheusProgram } from './program.js';
import { folderShelf } from './shelf.js';
import type { Shelf } from './types.js';

export interface PrometheusSpec extends ServerSpec {
  /** With the password. */
  readonly url: string;
}

interface Making {
  readonly program: PrometheusProgram;
  readonly user: ServiceUser | undefined;
  readonly port: number;
}

/** Fills the folder for a first start on this port. Nothing of the system's own settings is read. */
export async function prepareInstance(
  { folder }: Instance,
  { program: { program, version }, user, port }: Making,
): Promise<PrometheusSpec> {
  const password = randomBytes(18).toString('hex');
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('data'), { mode: 0o700 });
  await mkdir(at(shelfName), { mode: user === undefined ? 0o700 : 0o755, recursive: true });
  await writeFile(
    at('prometheus.yml'),
    configuration(at(shelfName), { from3: compareVersions(version, '3.0') >= 0 }),
    { mode: 0o400 },
  );
  await writeFile(at('web.yml'), await webConfiguration(password), { mode: 0o400 });
  if (user !== undefined) {
    for (const name of ['data', 'prometheus.yml', 'web.yml'])
      await chown(at(name), user.uid, user.gid);
  }
  return {
    program,
    parameters: parametersFor({ folder, data: at('data'), port }),
    environment: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      // Of the runtime that it is written in: it has this machine with others.
      GOMAXPROCS: '1',
      PLAN_SERVICE: 'prometheus',
    },
    user: user === undefined ? null : { uid: user.uid, gid: user.gid },
    log: at('server.log'),
    url: `http://${login}:${password}@127.0.0.1:${port}`,
  };
}

/** Of an instance, also of one that `plan services up` keeps. */
export function shelfOf(folder: string): Shelf {
  return folderShelf(path.join(folder, shelfName));
}

/** Forgets everything of a start that failed. */
export async function emptyInstance({ folder }: Instance): Promise<void> {
  for (const name of ['data', 'prometheus.yml', 'web.yml', 'server.log'])
    await rm(path.join(folder, name), { recursive: true, force: true });
}

const shelfName = 'shelf';
