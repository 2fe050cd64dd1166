import { lstatSync } from 'node:fs';
import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { checklistTexts } from '../i18n/checklist.js';
import { asLocale } from '../i18n/locale.js';
import { getLocale, setLocale, texts } from '../i18n/text.js';
import { ignoreResults } from '../plan/ignore.js';
import {
  createProgress,
  isDate,
  isDone,
  localDate,
  readProgress,
  setAsideProgress,
  updateProgress,
  type Progress,
} from '../plan/progress.js';
import { findRoot, progressFile } from '../plan/root.js';
import { reportInit, type InitTold } from '../report/terminal/init.js';
import { printJson } from '../report/terminal/output.js';

interface Options {
  start?: string;
  json?: boolean;
}

type Wishes = Partial<Pick<Progress, 'startedOn' | 'locale'>>;

/** `plan init`: makes progress.json in the current folder, or changes what was asked for. */
export async function init(
  options: Options,
  command: { optsWithGlobals(): { locale?: string } },
): Promise<undefined> {
  const root = process.cwd();
  const wishes = wishesOf(options.start, command.optsWithGlobals().locale);
  const told = isThere(root) ? await existing(root, wishes) : await fresh(root, wishes);
  // A language that the file names was not known when the program began.
  setLocale(asLocale(told.locale ?? undefined) ?? getLocale());
  if (options.json === true) printJson(told);
  else reportInit(getLocale(), told);
}

function wishesOf(start: string | undefined, locale: string | undefined): Wishes {
  return {
    ...(start === undefined ? {} : { startedOn: startDate(start) }),
    ...(locale === undefined ? {} : { locale }),
  };
}

function startDate(given: string): string {
  if (given === 'today' || given === 'hoy') return localDate(new Date());
  if (isDate(given)) return given;
  const t = texts(checklistTexts);
  throw new PlanError({
    code: 'bad-date',
    exit: exitCodes.usage,
    what: t.badDate(given),
    mend: t.dateMend,
  });
}

/** A folder or a broken file count too; a link that points nowhere yet does not. */
function isThere(root: string): boolean {
  const found = lstatSync(path.join(root, progressFile), { throwIfNoEntry: false });
  return found !== undefined && (!found.isSymbolicLink() || findRoot(root) === root);
}

async function existing(root: string, wishes: Wishes): Promise<InitTold> {
  try {
    readProgress(root);
  } catch (error) {
    if (isBroken(error)) return startOver(root, wishes);
    throw error;
  }
  const { before, after } = await updateProgress(root, (progress) => ({ ...progress, ...wishes }));
  const isSame = before.startedOn === after.startedOn && before.locale === after.locale;
  return { ...summary(root, after), did: isSame ? 'nothing' : 'changed' };
}

/** One that only lacks permission is most likely whole: chmod mends it, a fresh one does not. */
function isBroken(error: unknown): boolean {
  if (!(error instanceof PlanError) || error.code !== 'progress-unreadable') return false;
  const { cause } = error;
  return cause instanceof Error && 'reason' in cause && cause.reason !== 'permission';
}

async function startOver(root: string, wishes: Wishes): Promise<InitTold> {
  const { file } = await setAsideProgress(root);
  return { ...(await fresh(root, wishes)), kept: file };
}

async function fresh(root: string, wishes: Wishes): Promise<InitTold> {
  const above = findRoot(path.dirname(root));
  const made = await createProgress(root, wishes);
  const ignore = await ignoreResults(root);
  return { ...summary(root, made), did: 'made', ignore, ...(above === undefined ? {} : { above }) };
}

function summary(root: string, progress: Progress): Omit<InitTold, 'did'> {
  const { startedOn, locale, items } = progress;
  const done = Object.values(items).filter(isDone).length;
  return { file: path.join(root, progressFile), startedOn, locale, done };
}
