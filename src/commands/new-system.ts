import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { typed } from '../base/words.js';
import { castTexts } from '../i18n/cast.js';
import { scaffoldTexts } from '../i18n/scaffold.js';
import { getLocale, texts } from '../i18n/text.js';
import type { KataOnDisk } from '../kata/discover.js';
import { askedRoles, rolesOf } from '../kata/roles.js';
import {
  isHandedIn,
  layDownRoles,
  plannedLanguages,
  templateNames,
  type TemplateName,
} from '../lab/scaffold/index.js';
import { reportNew } from '../report/terminal/new.js';
import { printJson } from '../report/terminal/output.js';
import { newRepository } from './new-repository.js';
import { languageOrAsked, templateLanguage } from './template-language.js';
import { untilWritten } from './until-written.js';

interface Options {
  readonly lang: string | undefined;
  readonly cmd: string | undefined;
  readonly json: boolean;
}

/** `plan new` of a kata of several services: one folder a service, of those that are named. */
export async function newSystem(
  found: KataOnDisk,
  folderGiven: string | undefined,
  { lang, cmd, json }: Options,
): Promise<undefined> {
  const { id } = found.kata;
  const roles = rolesOf(found.kata);
  const t = texts(scaffoldTexts);
  if (cmd !== undefined) throw usage('cmd-of-one', t.cmdOfOne, t.cmdOfOneMend(roles.join(', ')));
  const word = found.word ?? id;
  const handedIn = isHandedIn(found);
  const given = handedIn ? lang : await languageOrAsked(lang, json);
  const languages =
    handedIn && given === undefined
      ? plannedLanguages(found)
      : languagesOf(roles, askedRoles(found.kata) ?? roles, given);
  const shown = folderGiven ?? `./${id}-own`;
  const folder = path.resolve(shown);
  const asked = given === undefined ? [] : ['--lang', given];
  const mend = typed(['plan', 'new', word, ...asked, `${shown}-2`]);
  const place = { found, folder, shown, mend };
  const programs = await layDownRoles(place, languages);
  const around = handedIn ? await newRepository(place, found, languages) : [];
  const files = [...programs, ...around].sort();
  const next = typed(['plan', 'run', word, '--impl', shown, '--watch']);
  const others = roles.filter((role) => !languages.has(role));
  const made = { kata: id, language: [...new Set(languages.values())].join(', '), files, next };
  if (json) printJson({ ...made, languages: Object.fromEntries(languages), folder });
  else {
    const laidDown = [...languages.keys()].flatMap((role) => found.kata.programs?.[role] ?? []);
    const told = { ...made, untilWritten: untilWritten(laidDown) };
    reportNew(getLocale(), { ...told, folder: shown, others });
  }
}

/**
 * `go` for all that the plan asks for, or `order=node,payment=go` for these.
 * @throws PlanError `needs-language`, …
 */
function languagesOf(
  roles: readonly string[],
  asked: readonly string[],
  lang: string | undefined,
): ReadonlyMap<string, TemplateName> {
  const t = texts(scaffoldTexts);
  if (lang === undefined) {
    const each = asked.map((role) => `${role}=${templateNames[0]}`).join(',');
    throw usage('needs-language', t.needsLanguages, `--lang ${templateNames[0]}, --lang ${each}`);
  }
  if (!lang.includes('=')) {
    const language = templateLanguage(lang);
    return new Map(asked.map((role) => [role, language]));
  }
  const named = lang.split(',').map((part): [string, TemplateName] => {
    const [role = '', language = ''] = part.split('=');
    if (roles.includes(role)) return [role, templateLanguage(language)];
    const known = roles.join(', ');
    throw usage('no-such-role', texts(castTexts).noSuchRole(role, known), `--lang ${roles[0]}=go`);
  });
  return new Map(named);
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
