import { realpathSync } from 'node:fs';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { redisTexts } from './texts.js';
import { texts } from '../../i18n/text.js';
import { isExecutable, onPath } from '../private/programs.js';
import { compareVersions } from '../private/versions.js';
import { describe, oldest, type RedisProgram } from './program.js';
import { startRedis } from './start.js';
import type { StartOptions } from '../types.js';
import type { RunningRedis } from './types.js';

/**
 * What is installed, newest version first; only those from version 7.0 on. They are programs to
 * start a private instance with; one that the system runs is never touched.
 */
export async function findLocalRedis(env = process.env): Promise<RedisProgram[]> {
  return (await findAll(env)).filter(({ version }) => compareVersions(version, oldest) >= 0);
}

/** @throws PlanError (exit 4) · the signal's reason */
export async function startLocalRedis(options: StartOptions): Promise<RunningRedis> {
  const [newest] = await findAll(process.env);
  const t = texts(redisTexts);
  if (newest === undefined) throw missing(t.noLocal);
  if (compareVersions(newest.version, oldest) < 0)
    throw missing(t.onlyOlder(newest.version, newest.program));
  return startRedis({ ...options, provider: 'local', program: () => Promise.resolve(newest) });
}

const names = ['redis-server', 'valkey-server'];
const usualFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/sbin'];

/** Of `/bin`, which is a link to `/usr/bin`, the one that it is. */
function trueFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/**
 * Links of programs are not followed: on Debian `redis-server` is a link to another program's name, and what it
 * is called decides what it does.
 */
async function findAll(env: NodeJS.ProcessEnv): Promise<RedisProgram[]> {
  const folders = new Set([...onPath(env), ...usualFolders].map(trueFolder));
  const programs = [...folders]
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .filter(isExecutable);
  const found = await Promise.all(programs.map((program) => describe(program)));
  return found
    .filter((one) => one !== undefined)
    .sort((a, b) => compareVersions(b.version, a.version));
}

function missing(what: string): PlanError {
  const t = texts(redisTexts);
  return new PlanError({
    code: 'no-local-redis',
    exit: exitCodes.environment,
    what,
    mend: process.platform === 'darwin' ? t.noLocalMendMac : t.noLocalMend,
  });
}
