import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../base/errors.js';
import { protectedFault } from './faults.js';

/** The file that a path means in the end: a symbolic link stays one, and its target is written. */
export async function resolveTarget(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  // A link may point to a file that is still to be made.
  const pointed = await readlink(file).catch(() => undefined);
  const target = pointed === undefined ? file : path.resolve(path.dirname(file), pointed);
  return path.join(await realpath(path.dirname(target)), path.basename(target));
}

/**
 * Puts the text in the place of the file in one step: temporary file, fsync, rename, fsync of the
 * folder. Whoever reads meanwhile sees the old text or the new one, also after a power cut.
 *
 * @param mayReplace asked at the last moment; false leaves the old file
 * @returns whether it was replaced
 * @throws the file system's own error, with the old file intact and the temporary one removed
 */
export async function replaceFile(
  target: string,
  text: string | Uint8Array,
  mayReplace: () => Promise<boolean>,
): Promise<boolean> {
  await refuseProtected(target);
  await sweep(target);
  const temporary = `${temporaryPrefix(target)}${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeDurably(temporary, text, target);
    if (!(await mayReplace())) return false;
    await rename(temporary, target);
  } finally {
    // After the rename there is none.
    await rm(temporary, { force: true });
  }
  await syncFolder(path.dirname(target));
  return true;
}

/** A rename would get past the file's own write protection, which somebody set on purpose. */
async function refuseProtected(target: string): Promise<void> {
  try {
    await access(target, constants.W_OK);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    if (errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM') throw protectedFault(target);
    throw error;
  }
}

async function writeDurably(
  temporary: string,
  text: string | Uint8Array,
  target: string,
): Promise<void> {
  const file = await open(temporary, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await keepModeAndOwner(file, target);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepModeAndOwner(file: FileHandle, target: string): Promise<void> {
  const old = await stat(target).catch(() => undefined);
  if (!old) return;
  // Only root can give a file away; anybody else keeps what is possible.
  await file.chown(old.uid, old.gid).catch(() => undefined);
  await file.chmod(old.mode & 0o7777);
}

/** What a killed writer left. Nobody else writes here while we hold the lock. */
async function sweep(target: string): Promise<void> {
  const prefix = path.basename(temporaryPrefix(target));
  const folder = path.dirname(target);
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(prefix) && name.endsWith('.tmp'),
  );
  await Promise.all(left.map((name) => rm(path.join(folder, name), { force: true })));
}

function temporaryPrefix(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.`);
}

async function syncFolder(folder: string): Promise<void> {
  // Not every file system can sync a folder; the rename itself is done by now.
  const unsupported = new Set(['EINVAL', 'EPERM', 'EACCES', 'EISDIR', 'ENOTSUP', 'ENOSYS']);
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!unsupported.has(errorCode(error) ?? '')) throw error;
  }
}
