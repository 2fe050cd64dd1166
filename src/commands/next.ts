import { exitCodes, PlanError } from '../base/errors.js';
import { nextTexts } from '../i18n/next.js';
import { getLocale, texts } from '../i18n/text.js';
import { kataIds } from '../kata/discover.js';
import { loadCurriculum } from '../plan/curriculum.js';
import { nextSteps } from '../plan/next-steps.js';
import { noteSlugs } from '../plan/notes.js';
import { isDate, localDate, readProgress } from '../plan/progress.js';
import { findRoot } from '../plan/root.js';
import { reportNext } from '../report/terminal/next.js';
import { printJson } from '../report/terminal/output.js';

interface Options {
  date?: string;
  json?: boolean;
}

/** `plan next`: what today asks for, how far ahead or behind, and the command to type. */
export function next({ date, json }: Options): undefined {
  const today = date ?? localDate(new Date());
  if (!isDate(today)) throw badDate(today);
  const root = findRoot(process.cwd());
  const progress = root === undefined ? undefined : readProgress(root);
  const labKatas = new Set(kataIds());
  const steps = nextSteps({
    ...{ curriculum: loadCurriculum(), progress, today, labKatas },
    notes: noteSlugs(),
  });
  const told = { ...steps, hasProgress: progress !== undefined };
  if (json === true) printJson({ ...told, week: told.week ?? null });
  else reportNext(getLocale(), told);
}

function badDate(given: string): PlanError {
  const t = texts(nextTexts);
  return new PlanError({
    code: 'bad-date',
    exit: exitCodes.usage,
    what: t.badDate(given),
    mend: t.dateMend,
  });
}
