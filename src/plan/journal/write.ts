import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { journalTexts } from '../../i18n/journal.js';
import { texts } from '../../i18n/text.js';
import { writeFault } from '../progress/faults.js';
import { withLock } from '../progress/lock.js';
import { replaceFile, resolveTarget } from '../progress/replace.js';
import type { Region } from './markers.js';
import { renew, type Contents, type Renewal, type Words } from './renew.js';

export interface Page<R extends string = Region> {
  /** `journal/kata-4.md`, below the learner's root. */
  readonly name: string;
  /** What a new page begins as, with an empty pair of markers a region. */
  readonly template: string;
  readonly contents: Contents<R>;
  readonly words: Words<R>;
}

export interface Written<R extends string = Region> extends Omit<Renewal<R>, 'bytes'> {
  /** Absolute. */
  readonly path: string;
  readonly created: boolean;
}

/** An editor may save the page meanwhile; so often it is read again before we give up. */
const attempts = 20;

/** Something else has the page's name or its folder's, or a link leads nowhere. */
const wrongPlace = new Set(['EISDIR', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENOENT']);

/**
 * Makes a page of the journal, or renews what `plan` measured in it. In one step, so that a reader
 * sees the old page or the new one; a symbolic link stays one.
 * @throws PlanError `journal-not-written`, `journal-encoding`: the page is as it was then
 */
export async function writeJournal<R extends string>(
  root: string,
  page: Page<R>,
): Promise<Written<R>> {
  const file = path.join(root, page.name);
  try {
    makeFolders(path.dirname(file));
    const target = await resolveTarget(file);
    return await withLock(target, async (held) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const before = await bytesOf(target);
        const created = before === undefined || before.length === 0;
        const { bytes, ...told } = renewPage(file, before, page);
        const isUnchanged = async (): Promise<boolean> =>
          (await held.isOurs()) && same(await bytesOf(target), before);
        const done = same(bytes, before) || (await replaceFile(target, bytes, isUnchanged));
        if (done) return { path: file, created, ...told };
      }
      throw notWritten(file, new Error(texts(journalTexts).keepsChanging));
    });
  } catch (error) {
    throw wrongPlace.has(errorCode(error) ?? '')
      ? notWritten(file, error)
      : writeFault(file, error);
  }
}

function renewPage<R extends string>(
  file: string,
  before: Buffer | undefined,
  page: Page<R>,
): Renewal<R> {
  const { contents, words, template } = page;
  if (before === undefined || before.length === 0)
    return renew(Buffer.from(template, 'utf8'), contents, words);
  const mark = before.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    const t = texts(journalTexts);
    throw new PlanError({
      code: 'journal-encoding',
      exit: exitCodes.environment,
      what: t.utf16(file),
      mend: t.utf16Mend,
    });
  }
  return renew(before, contents, words);
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function same(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}

function notWritten(file: string, cause: unknown): PlanError {
  const t = texts(journalTexts);
  return new PlanError({
    code: 'journal-not-written',
    exit: exitCodes.environment,
    what: t.notWritten(file, errorMessage(cause)),
    mend: t.notWrittenMend(path.dirname(file)),
    cause,
  });
}
