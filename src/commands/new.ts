import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { typed, wordsOf } from '../base/words.js';
import { scaffoldTexts } from '../i18n/scaffold.js';
import { getLocale, texts } from '../i18n/text.js';
import { hasPrograms } from '../kata/define.js';
import {
  layDown,
  layDownCommand,
  templateNames,
  type TemplateName,
} from '../lab/scaffold/index.js';
import { printJson } from '../report/terminal/output.js';
import { reportNew } from '../report/terminal/new.js';
import { openKata } from './open-kata.js';
import { newSystem } from './new-system.js';
import { noPrograms } from './run-options.js';
import { languageOrAsked, templateLanguage } from './template-language.js';
import { untilWritten } from './until-written.js';

interface Options {
  readonly lang?: string;
  readonly cmd?: string;
  readonly json?: boolean;
}

/** `plan new <kata> [folder]`: a program of the learner's own to begin with. */
export async function newImplementation(
  kataId: string,
  folderGiven: string | undefined,
  { lang, cmd, json = false }: Options,
): Promise<undefined> {
  const found = await openKata(kataId);
  const { id } = found.kata;
  if (!hasPrograms(found.kata)) throw noPrograms(found.kata, 'plan new');
  if (found.kata.programs) return newSystem(found, folderGiven, { lang, cmd, json });
  const word = found.word ?? id;
  const language = await languageFor(word, lang, cmd, json);
  const shown = folderGiven ?? `./${id}-${language ?? 'own'}`;
  const wanted = {
    found,
    folder: path.resolve(shown),
    shown,
    mend: typed([
      'plan',
      'new',
      word,
      ...(language ? ['--lang', language] : ['--cmd', cmd ?? '']),
      `${shown}-2`,
    ]),
  };
  const files =
    language === undefined
      ? await layDownCommand(wanted, startOf(cmd ?? ''))
      : await layDown(wanted, language);
  const next = typed(['plan', 'run', word, '--impl', shown, '--watch']);
  const made = { kata: id, language: language ?? 'command', folder: wanted.folder, files, next };
  if (json) printJson(made);
  else reportNew(getLocale(), { ...made, untilWritten: untilWritten([found.kata]), folder: shown });
}

async function languageFor(
  word: string,
  lang: string | undefined,
  cmd: string | undefined,
  json: boolean,
): Promise<TemplateName | undefined> {
  return languageOf(word, cmd === undefined ? await languageOrAsked(lang, json) : lang, cmd);
}

/** Undefined for `--cmd`. */
function languageOf(
  kata: string,
  lang: string | undefined,
  cmd: string | undefined,
): TemplateName | undefined {
  const t = texts(scaffoldTexts);
  if (lang !== undefined && cmd !== undefined)
    throw usage('language-and-cmd', t.languageAndCmd, `plan new ${kata} --lang ${lang}`);
  if (cmd !== undefined) return undefined;
  if (lang === undefined)
    throw usage('needs-language', t.needsLanguage, `--lang ${templateNames.join('|')}, --cmd "…"`);
  return templateLanguage(lang);
}

function startOf(cmd: string): string[] {
  const words = wordsOf(cmd);
  if (words.length > 0) return words;
  const t = texts(scaffoldTexts);
  throw usage('empty-cmd', t.emptyCmd, t.cmdMend);
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
