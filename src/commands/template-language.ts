import { exitCodes, PlanError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { scaffoldTexts } from '../i18n/scaffold.js';
import { getLocale, texts } from '../i18n/text.js';
import { templateNames, type TemplateName } from '../lab/scaffold/index.js';
import { isInteractive } from '../report/terminal/output.js';

/** What was typed; where it was not, on a terminal, what is chosen there. */
export async function languageOrAsked(
  lang: string | undefined,
  json: boolean,
): Promise<string | undefined> {
  if (lang !== undefined || json || !isInteractive()) return lang;
  const { chooseOne } = await import('../report/terminal/questions.js');
  const choices = templateNames.map((name) => ({ name, value: name }));
  return chooseOne(getLocale(), texts(scaffoldTexts).needsLanguage, choices);
}

/** Of what was typed, in any of its names. @throws PlanError `bad-language` */
export function templateLanguage(typed: string): TemplateName {
  const given = typed.toLowerCase();
  const name = otherNames[given] ?? templateNames.find((each) => each === given);
  if (name !== undefined) return name;
  const near = nearest(given, templateNames);
  const t = texts(scaffoldTexts);
  throw new PlanError({
    code: 'bad-language',
    exit: exitCodes.usage,
    what: t.badLanguage(typed, templateNames.join(', ')),
    mend: near === undefined ? t.cmdMend : t.didYouMean(near),
  });
}

const otherNames: Readonly<Record<string, TemplateName | undefined>> = {
  node: 'javascript',
  js: 'javascript',
  ts: 'typescript',
  golang: 'go',
  rs: 'rust',
  py: 'python',
};
