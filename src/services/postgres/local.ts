import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { startCluster } from './private/start.js';
import { list, onPath } from '../private/programs.js';
import type { RunningService, StartOptions } from '../types.js';

const run = promisify(execFile);
const oldest = 12;

/** A PostgreSQL that is installed on this machine. */
export interface LocalPostgres {
  /** The folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** `15.18` */
  readonly version: string;
}

/**
 * What is installed, newest version first; only those from version 12 on. They are programs to
 * start a private instance with; an instance that the system runs is never touched.
 */
export async function findLocal(env = process.env): Promise<LocalPostgres[]> {
  const folders = new Set<string>();
  for (const folder of [...onPath(env), ...usualFolders(), ...(await asPgConfigSays(env))]) {
    const real = binaryFolder(folder);
    if (real !== undefined) folders.add(real);
  }
  const found = await Promise.all([...folders].map(describe));
  return found
    .filter((local) => local !== undefined)
    .filter(({ version }) => Number.parseInt(version) >= oldest)
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** @throws PlanError (exit 4) · the signal's reason */
export async function startLocalPostgres(options: StartOptions): Promise<RunningService> {
  const [local] = await findLocal();
  const t = texts(servicesTexts);
  if (local === undefined) {
    throw new PlanError({
      code: 'no-local-postgres',
      exit: exitCodes.environment,
      what: t.noLocal,
      mend: process.platform === 'darwin' ? t.noLocalMendMac : t.noLocalMend,
    });
  }
  const place = createHash('sha256').update(local.bin).digest('hex').slice(0, 8);
  const key = `local-${local.version}-${process.platform}-${process.arch}-${place}`;
  const binaries = { bin: local.bin, key };
  return startCluster({ ...options, provider: 'local', binaries: () => Promise.resolve(binaries) });
}

/** Debian leaves initdb and postgres off the PATH, and lets several versions live side by side. */
function usualFolders(): string[] {
  const parents = [
    '/usr/lib/postgresql',
    '/opt/homebrew/opt',
    '/usr/local/opt',
    '/Applications/Postgres.app/Contents/Versions',
  ];
  const below = parents.flatMap((parent) =>
    list(parent)
      .filter((name) => /^(\d+|postgresql(@\d+)?)$/.test(name))
      .map((name) => path.join(parent, name, 'bin')),
  );
  return [...below, '/usr/pgsql/bin', '/usr/local/pgsql/bin'];
}

async function asPgConfigSays(env: NodeJS.ProcessEnv): Promise<string[]> {
  try {
    return [(await run('pg_config', ['--bindir'], { env, timeout: 5_000 })).stdout.trim()];
  } catch {
    return [];
  }
}

/** Links on the PATH are followed: `initdb` looks for `postgres` where it really lies. */
function binaryFolder(folder: string): string | undefined {
  try {
    const real = path.dirname(realpathSync(path.join(folder, 'postgres')));
    for (const program of ['postgres', 'initdb'])
      accessSync(path.join(real, program), constants.X_OK);
    return real;
  } catch {
    return undefined;
  }
}

async function describe(bin: string): Promise<LocalPostgres | undefined> {
  try {
    const { stdout } = await run(path.join(bin, 'postgres'), ['--version'], { timeout: 5_000 });
    const version = /\(PostgreSQL\) (\d+(\.\d+)?)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { bin, version };
  } catch {
    return undefined;
  }
}

function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}
