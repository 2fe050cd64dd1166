import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { typed } from '../base/words.js';
import { newKataTexts } from '../i18n/new-kata.js';
import { getLocale, texts } from '../i18n/text.js';
import { authoringPage } from '../lab/outside-kata/index.js';
import { layDownKata, rolesIn } from '../lab/scaffold/index.js';
import { printJson } from '../report/terminal/output.js';
import { reportNewKata } from '../report/terminal/new-kata.js';
import { openKataAt } from './open-kata.js';

/** `plan new-kata <folder>`: a kata of one's own to begin with; it runs as it is. */
export async function newKata(
  shown: string | undefined,
  { json = false, roles: given }: { json?: boolean; roles?: string },
): Promise<undefined> {
  if (shown === undefined) throw needsFolder();
  const folder = path.resolve(shown);
  const mend = typed(['plan', 'new-kata', `${shown.replace(/\/+$/, '')}-2`]);
  const roles = given === undefined ? undefined : rolesIn(given);
  const { files, hasTypes } = await layDownKata({ folder, shown, mend }, roles);
  const { kata, word = shown } = await openKataAt(folder);
  const next = ['run', 'dev check'].map((command) => `plan ${command} ${typed([word])}`);
  const page = authoringPage();
  if (json) printJson({ kata: kata.id, folder, files, hasTypes, next, page });
  else
    reportNewKata(getLocale(), {
      ...{ id: kata.id, folder: shown, files, hasTypes, next, page },
      isSystem: roles !== undefined,
    });
}

function needsFolder(): PlanError {
  const t = texts(newKataTexts);
  return new PlanError({
    code: 'needs-folder',
    exit: exitCodes.usage,
    what: t.needsFolder,
    mend: t.needsFolderMend,
  });
}
