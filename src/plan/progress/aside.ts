import { constants } from 'node:fs';
import { copyFile, link, lstat, readFile, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../base/errors.js';
import { progressFile } from '../root.js';
import type { Kept } from './faults.js';

/**
 * Keeps what can't be understood beside itself, byte for byte: a file is copied, so that it can be
 * mended where it is; a folder makes way. Undefined where not even that is allowed: then it stays
 * where it is, untouched.
 */
export async function keepBroken(
  root: string,
  bytes: Buffer | undefined,
): Promise<Kept | undefined> {
  const file = path.join(root, progressFile);
  try {
    if (bytes === undefined && (await lstat(file)).isDirectory()) return await moveBroken(root);
    const known = await sameCopy(root, bytes);
    if (known !== undefined) return { file: known, moved: false };
    const copy = await freshName(root, 'broken', async (name) => {
      // What may not be read can't be copied, but its owner can give it a second name.
      await (bytes === undefined
        ? link(file, name)
        : copyFile(file, name, constants.COPYFILE_EXCL));
    });
    return { file: copy, moved: false };
  } catch {
    return undefined;
  }
}

/** Makes way for a fresh file. */
export async function moveBroken(root: string): Promise<Kept> {
  const file = path.join(root, progressFile);
  const name = await freshName(root, 'broken', async (aside) => {
    // rename() would silently replace a file, or an empty folder.
    if (await exists(aside)) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
    await rename(file, aside);
  });
  return { file: name, moved: true };
}

/** Keeps the file of an older version before it is written in ours. Gives the copy's name. */
export async function keepBackup(root: string): Promise<string> {
  const file = path.join(root, progressFile);
  return freshName(root, 'backup', (name) => copyFile(file, name, constants.COPYFILE_EXCL));
}

async function freshName(
  root: string,
  kind: 'broken' | 'backup',
  make: (name: string) => Promise<void>,
): Promise<string> {
  const time = new Date().toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `-${count}`;
    const name = path.join(root, `${progressFile}.${kind}-${time}${suffix}`);
    try {
      await make(name);
      return name;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || count > 1000) throw error;
    }
  }
}

/** The same broken file is kept once, however often it is met. */
async function sameCopy(root: string, bytes: Buffer | undefined): Promise<string | undefined> {
  const names = await readdir(root);
  for (const name of names.filter((each) => each.startsWith(`${progressFile}.broken-`))) {
    const copy = path.join(root, name);
    const same =
      bytes === undefined
        ? await isSameFile(copy, path.join(root, progressFile))
        : await holds(copy, bytes);
    if (same) return copy;
  }
  return undefined;
}

async function holds(file: string, bytes: Buffer): Promise<boolean> {
  return readFile(file).then(
    (contents) => contents.equals(bytes),
    () => false,
  );
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(a), lstat(b)]);
  return one.ino === other.ino && one.dev === other.dev;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
