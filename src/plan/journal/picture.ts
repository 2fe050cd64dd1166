import path from 'node:path';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { makeFolders } from '../../base/make-folders.js';
import { journalTexts } from '../../i18n/journal.js';
import { texts } from '../../i18n/text.js';
import { replaceFile, resolveTarget } from '../progress/replace.js';

/** A picture beside a page of the journal. @throws PlanError `journal-not-written` (exit 4) */
export async function writePicture(file: string, svg: string): Promise<void> {
  try {
    makeFolders(path.dirname(file));
    await replaceFile(await resolveTarget(file), svg, () => Promise.resolve(true));
  } catch (cause) {
    const t = texts(journalTexts);
    throw new PlanError({
      code: 'journal-not-written',
      exit: exitCodes.environment,
      what: t.notWritten(file, errorMessage(cause)),
      mend: t.notWrittenMend(path.dirname(file)),
      cause,
    });
  }
}
