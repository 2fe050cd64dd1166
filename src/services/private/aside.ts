import { randomBytes } from 'node:crypto';
import { chmod, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { errorCode } from '../../base/errors.js';
import { lifeOf, thisProcess } from '../../register/identity.js';
import { register } from '../../register/register.js';

/**
 * Makes a folder beside its place and renames it in, so that nobody ever sees half of it. Of two
 * that are made at once the first counts. What killed processes left half made is removed.
 */
export async function makeFolder(
  folder: string,
  mode: number,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  const parent = path.dirname(folder);
  await makeOpen(parent, mode);
  await removeAbandoned(parent);
  const { pid, start, place } = thisProcess();
  const unique = randomBytes(4).toString('hex');
  const aside = path.join(parent, `making.${pid}.${start}.${place}.${unique}`);
  const release = await register({ kind: 'folder', path: aside });
  try {
    await makeOpen(aside, mode);
    await fill(aside);
    await rename(aside, folder).catch(ignoreTaken);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await release();
  }
}

/** The umask may take bits away from a mode that PostgreSQL's user needs. */
async function makeOpen(folder: string, mode: number): Promise<void> {
  if (makeFolders(folder, mode) !== undefined) await chmod(folder, mode);
}

/** The register knows them too, but it may have been removed, or be another one (XDG_STATE_HOME). */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (isAbandoned(name)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

function isAbandoned(name: string): boolean {
  const match = /^making\.(\d+)\.(\d+)\.([0-9a-z]+-[0-9a-z]+)\.\w+$/.exec(name);
  if (match === null) return false;
  const [, pid, start = '', place = ''] = match;
  return lifeOf({ pid: Number(pid), start, place }) === 'gone';
}

/** Another process has just made the same. */
function ignoreTaken(error: unknown): void {
  if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
}
