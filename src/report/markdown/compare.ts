import { compareTexts } from '../../i18n/compare.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { RunRecord } from '../../kata/run-record.js';
import { codeSpan, escapeText, markdownTable } from './markdown.js';
import { verdictOf, whenOf } from './results.js';
import { commandOf, environmentOf } from '../view/environment.js';
import { headOf } from '../view/head.js';
import { tellLimit } from '../view/limit.js';
import { ratioColumns, sideColumns } from '../view/compared-columns.js';
import { tellImprovement, type Improvement } from '../view/improvement.js';
import { languageNames } from '../view/sides.js';
import type { ComparedCase, Side } from '../view/comparison.js';

interface PageInput {
  readonly kata: Kata;
  readonly record: RunRecord;
  readonly cases: readonly ComparedCase[];
  readonly languages: readonly string[];
  /** Path of a case's picture, as the page links it. */
  readonly linkOf: LinkOf;
  /** Of two versions of the learner's own alone. */
  readonly improvement: Improvement | undefined;
}

const isOwn = ({ row }: Side): boolean => {
  const { kind } = row.first.implementation;
  return kind === 'own' || kind === 'mixed';
};

type LinkOf = (compared: ComparedCase) => string;

/**
 * The page of a comparison. Katas share it, each with a part of its own: `head`, the part, `tail`.
 * What the learner writes stands in the tail as questions.
 */
export function pageOf(locale: Locale, input: PageInput) {
  const { kata, record, cases, languages } = input;
  const t = compareTexts[locale];
  const region = `compare-${kata.id}`;
  const names = languages.map((language) => languageNames[language] ?? language);
  const head = `## ${escapeText(headOf(locale, kata, ': '))}`;
  const { tradeOffs, realWorld } = kata.questions ?? {};
  const areVersions = cases.every(({ sides }) => sides.every(isOwn));
  const asked = [
    ...(areVersions ? t.versionQuestions : t.questions),
    ...[tradeOffs, realWorld].flatMap((own) => (own ? own[locale] : [])),
  ];
  const questions = asked.map((question, at) => `${at + 1}. _${question}_`);
  const tail = [`### ${t.questionsHead}`, '', ...questions].join('\n');
  const markers = `<!-- plan:${region} -->\n<!-- /plan:${region} -->`;
  const top = `${t.pageNote}\n\n# ${escapeText(t.pageTitle(names))}`;
  const template = `${[top, head, markers, tail].join('\n\n')}\n`;
  return { region, template, head, tail, content: pagePart(locale, kata, record, cases, input) };
}

/** The generated part of the page for one kata: tables, ratios, limits, curves, in Markdown. */
function pagePart(
  locale: Locale,
  kata: Kata,
  record: RunRecord,
  cases: readonly ComparedCase[],
  { linkOf, improvement }: Pick<PageInput, 'linkOf' | 'improvement'>,
): string {
  const t = compareTexts[locale];
  const rounds = Math.max(1, ...record.cases.map(({ repetition }) => repetition));
  const conditions = kata.conditions(record.cases[0]?.options ?? {})[locale];
  const facts = [
    `- ${t.compared}: ${whenOf(record)}, ${codeSpan(record.folder)}`,
    `- ${t.conditions}: ${escapeText(conditions)}`,
    `- ${t.environment}: ${escapeText(environmentOf(locale, record))}`,
    `- ${t.typed}: ${codeSpan(commandOf(record))} (${t.seed} ${record.seed}, plan ${escapeText(record.plan)})`,
  ];
  return [
    facts.join('\n'),
    ...(improvement ? [escapeText(tellImprovement(locale, improvement))] : []),
    ...cases.flatMap((compared) => casePart(locale, compared, linkOf)),
    [t.tableNote(rounds), t.ratioNote(rounds), t.pageLatency].join(' '),
  ].join('\n\n');
}

function casePart(locale: Locale, compared: ComparedCase, linkOf: LinkOf): string[] {
  const t = compareTexts[locale];
  const { name, sides, ratios } = compared;
  const verdict = (side: Side): string => verdictOf(locale, side.row);
  const columns = sideColumns(locale, sides, { unit: '', verdict });
  const names = sides.map(({ language }) => languageNames[language] ?? language);
  const limits = sides.map(
    (side, at) => `- ${escapeText(names[at] ?? '')}: ${escapeText(tellLimit(locale, side.limit))}`,
  );
  return [
    `### ${escapeText(name)}`,
    markdownTable(columns, sides),
    ...(ratios.length > 0 ? [markdownTable(ratioColumns(locale, ratios), ratios)] : []),
    `![${escapeText(t.curveAlt(name, names.join(', ')))}](${linkOf(compared)})`,
    `${t.limitedBy}:`,
    limits.join('\n'),
  ];
}
