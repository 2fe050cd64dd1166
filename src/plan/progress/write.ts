import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { progressTexts } from '../../i18n/progress.js';
import { texts } from '../../i18n/text.js';
import { progressFile } from '../root.js';
import { keepBackup, keepBroken, moveBroken } from './aside.js';
import { busyFault, unreadableFault, writeFault, type Kept } from './faults.js';
import { withLock, type Held } from './lock.js';
import { bytesOf, readFileAt, Unreadable, type Reading } from './read.js';
import { replaceFile, resolveTarget } from './replace.js';
import type { Progress } from './shape.js';

export interface Change {
  readonly before: Progress;
  readonly after: Progress;
  /** Where the file of an older version is kept, if it was one. */
  readonly backup: string | undefined;
}

/** See `updateProgress`. */
export async function update(
  root: string,
  change: (progress: Progress) => Progress,
): Promise<Change> {
  return locked(root, async (target, held) => {
    // An editor knows nothing of our lock: what it saved meanwhile is read again, not lost.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const reading = await readOrKeep(root);
      const after = change(reading.progress);
      const done = await put({ root, target, held, reading, after });
      if (done) return { before: reading.progress, after, ...done };
    }
    throw busyFault(target, `${target}.lock`);
  });
}

interface Put {
  root: string;
  target: string;
  held: Held;
  reading: Reading;
  after: Progress;
}

/** Undefined where the file changed under our hands. */
async function put({
  root,
  target,
  held,
  reading,
  after,
}: Put): Promise<{ backup: string | undefined } | undefined> {
  const isOld = reading.migratedFrom !== undefined;
  if (!isOld && isDeepStrictEqual(reading.progress, after)) return { backup: undefined };
  const backup = isOld ? await keepBackup(root) : undefined;
  const isUnchanged = async (): Promise<boolean> =>
    (await held.isOurs()) && bytesOf(target).equals(reading.bytes);
  return (await replaceFile(target, serialise(after), isUnchanged)) ? { backup } : undefined;
}

/** See `createProgress`. */
export async function create(root: string, progress: Progress): Promise<void> {
  await locked(root, async (target, held) => {
    const isFree = async (): Promise<boolean> => (await held.isOurs()) && isMissing(target);
    if (isMissing(target) && (await replaceFile(target, serialise(progress), isFree))) return;
    throw new PlanError({
      code: 'progress-exists',
      exit: exitCodes.environment,
      what: texts(progressTexts).exists(target),
    });
  });
}

/** See `setAsideProgress`. */
export async function setAside(root: string): Promise<Kept> {
  return locked(root, () => moveBroken(root));
}

async function locked<T>(
  root: string,
  work: (target: string, held: Held) => Promise<T>,
): Promise<T> {
  const file = path.join(root, progressFile);
  try {
    const target = await resolveTarget(file);
    return await withLock(target, (held) => work(target, held));
  } catch (error) {
    throw writeFault(file, error);
  }
}

async function readOrKeep(root: string): Promise<Reading> {
  try {
    return readFileAt(root);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const file = path.join(root, progressFile);
    throw unreadableFault(file, error, await keepBroken(root, bytesIfReadable(file)));
  }
}

function bytesIfReadable(file: string): Buffer | undefined {
  try {
    return bytesOf(file);
  } catch {
    return undefined;
  }
}

function isMissing(file: string): boolean {
  try {
    bytesOf(file);
    return false;
  } catch (error) {
    return errorCode(error) === 'no-progress';
  }
}

function serialise(progress: Progress): string {
  return `${JSON.stringify(progress, null, 2)}\n`;
}
