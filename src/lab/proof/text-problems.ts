import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { proofTexts } from '../../i18n/proof.js';
import { locales, texts, type Locale } from '../../i18n/text.js';
import { readBrief, type Brief } from '../../kata/brief.js';
import { hasPrograms, type Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { flagOf, variableOf } from '../../kata/options.js';
import { routeIn } from '../../kata/route.js';
import { flagsOfRuns, kataProblems, type FieldProblem } from '../../kata/schema.js';
import { contractSection } from '../scaffold/index.js';
import { shapeProblems } from './shape.js';

/** All that a learner reads of a kata, and what it can't do without: its fields, briefs and shape. */
export async function textProblems(found: KataOnDisk): Promise<FieldProblem[]> {
  const { kata, word } = found;
  return [
    ...kataProblems(kata, word === undefined ? 'lab' : 'outside'),
    ...(await fileProblems(found)),
    ...(await shapeProblems(found.folder, Object.keys(found.kata.programs ?? {}))),
    ...(await briefProblems(found)),
  ];
}

async function fileProblems({ kata, folder }: KataOnDisk): Promise<FieldProblem[]> {
  const t = texts(proofTexts);
  const parts = Object.entries(kata.programs ?? { '': kata }).map(([role, of]) => ({
    folder: role === '' ? '' : `${role}/`,
    languages: of.languages,
    services: of.services ?? kata.services,
  }));
  const wanted = parts.flatMap(({ folder: within, languages, services }) => [
    ...(services.includes('postgres') ? [[`${within}schema.sql`, t.noSchema] as const] : []),
    ...languages.map((language) => [`${within}${language}/`, t.noReference] as const),
  ]);
  const there = await Promise.all(wanted.map(([name]) => isThere(path.join(folder, name))));
  return wanted.flatMap(([field, problem], at) => (there[at] ? [] : [{ field, problem }]));
}

async function briefProblems(found: KataOnDisk): Promise<FieldProblem[]> {
  const t = texts(proofTexts);
  const briefs = await Promise.all(locales.map((locale) => briefIn(found.folder, locale)));
  const missing = locales.filter((_, at) => briefs[at] === undefined);
  if (missing.length > 0)
    return missing.map((locale) => ({ field: nameOf(locale), problem: t.noBrief }));
  const [one, other] = briefs as [WholeBrief, WholeBrief];
  const alone = [one, other].flatMap((brief) => problemsOf(found, brief));
  const field = `${nameOf(one.locale)}, ${nameOf(other.locale)}`;
  const compared: FieldProblem[] = [];
  if (one.headings.join() !== other.headings.join())
    compared.push({ field, problem: t.otherHeadings(told(one.headings), told(other.headings)) });
  if (one.hints.length !== other.hints.length)
    compared.push({ field, problem: t.otherHints(one.hints.length, other.hints.length) });
  return [...alone, ...compared];
}

/** What one brief alone must have. */
function problemsOf({ kata }: KataOnDisk, brief: WholeBrief): FieldProblem[] {
  const t = texts(proofTexts);
  const { body, hints, locale } = brief;
  const options = Object.keys(kata.options);
  const isWritten = hasPrograms(kata);
  const names = [
    ...(isWritten ? Object.keys(kata.strategies) : []),
    ...options.map((name) => `--${flagOf(name)}`),
    ...(isWritten ? options.map(variableOf) : []),
    ...Object.keys(kata.programs ?? {}),
    ...Object.keys(kata.messages ?? {}),
    ...Object.keys(kata.calls ?? {}),
  ];
  const problems = [
    ...(isWritten && contractSection(body) === undefined ? [t.noContract] : []),
    ...(hints.length === 0 ? [t.noHints] : []),
    ...(hints.some((hint) => hint === '') ? [t.emptyHint] : []),
    ...names.filter((name) => !body.includes(`\`${name}`)).map((name) => t.notNamed(name)),
    ...untoldRoutes(kata, body).map((route) => t.notNamed(route)),
    ...strangeFlags(kata, body).map((flag) => t.strangeName(flag)),
  ];
  return problems.map((problem) => ({ field: nameOf(locale), problem }));
}

/** Of the routes that clients call, those that no line of the brief begins with. */
function untoldRoutes({ routes = [] }: Kata, body: string): string[] {
  const told = body.split('\n').flatMap((line) => routeIn(line) ?? []);
  return routes.filter((route) => {
    const wanted = routeIn(route);
    return !told.some(({ method, path: to }) => method === wanted?.method && to === wanted.path);
  });
}

/** Rows of a table of options that are of no option: left from before it had another name. */
function strangeFlags({ options }: Kata, body: string): string[] {
  const flags = Object.keys(options).map(flagOf);
  return [...body.matchAll(/^\| *`--([a-z][a-z0-9-]*)/gm)].flatMap(([, flag = '']) =>
    flags.includes(flag) || flagsOfRuns.has(flag) ? [] : [`--${flag}`],
  );
}

/** Invariants that a run came to, and that no brief explains. */
export async function unnamedInvariants(
  { folder }: KataOnDisk,
  invariants: readonly string[],
): Promise<FieldProblem[]> {
  const t = texts(proofTexts);
  const briefs = await Promise.all(locales.map((locale) => briefIn(folder, locale)));
  return briefs.flatMap((brief) =>
    invariants
      .filter((name) => brief && !brief.body.includes(`\`${name}\``))
      .map((name) => ({ field: nameOf(brief?.locale ?? 'en'), problem: t.notNamed(name) })),
  );
}

interface WholeBrief extends Brief {
  /** The level of each heading, in their order. */
  readonly headings: readonly number[];
}

async function briefIn(folder: string, locale: Locale): Promise<WholeBrief | undefined> {
  const brief = await readBrief(folder, locale);
  if (brief?.locale !== locale) return undefined;
  const text = await readFile(brief.file, 'utf8');
  const headings = text
    .replace(/^```[^]*?^```/gm, '')
    .split('\n')
    .flatMap((line) => /^(#+) /.exec(line)?.[1]?.length ?? []);
  return { ...brief, headings };
}

const nameOf = (locale: Locale): string => `brief.${locale}.md`;

/** `1 2 2 3` */
const told = (levels: readonly number[]): string => levels.join(' ');

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}
