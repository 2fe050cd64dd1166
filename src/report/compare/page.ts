import { formatMegabytes, formatMs } from '../../base/units.js';
import { compareTexts } from '../../i18n/compare.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { RunRecord } from '../../kata/run-record.js';
import { codeSpan, escapeText, markdownTable, type MarkdownColumn } from '../journal/markdown.js';
import { commandOf, environmentOf, verdictOf, whenOf } from '../journal/results.js';
import { headOf } from '../head.js';
import { tellLimit } from './limit.js';
import { formatRatio, languageNames } from './names.js';
import type { ComparedCase, Metric, Side, SideRatios } from './comparison.js';

interface PageInput {
  readonly kata: Kata;
  readonly record: RunRecord;
  readonly cases: readonly ComparedCase[];
  readonly languages: readonly string[];
  /** Path of a case's picture, as the page links it. */
  readonly linkOf: LinkOf;
}

type LinkOf = (compared: ComparedCase) => string;

/**
 * The page of a comparison. Katas share it, each with a part of its own: `head`, the part, `tail`.
 * What the learner writes stands in the tail as questions.
 */
export function pageOf(locale: Locale, { kata, record, cases, languages, linkOf }: PageInput) {
  const t = compareTexts[locale];
  const region = `compare-${kata.id}`;
  const names = languages.map((language) => languageNames[language] ?? language);
  const head = `## ${escapeText(headOf(locale, kata, ': '))}`;
  const { tradeOffs, realWorld } = kata.questions ?? {};
  const asked = [
    ...t.questions,
    ...[tradeOffs, realWorld].flatMap((own) => (own ? own[locale] : [])),
  ];
  const questions = asked.map((question, at) => `${at + 1}. _${question}_`);
  const tail = [`### ${t.questionsHead}`, '', ...questions].join('\n');
  const markers = `<!-- plan:${region} -->\n<!-- /plan:${region} -->`;
  const top = `${t.pageNote}\n\n# ${escapeText(t.pageTitle(names))}`;
  const template = `${[top, head, markers, tail].join('\n\n')}\n`;
  return { region, template, head, tail, content: pagePart(locale, kata, record, cases, linkOf) };
}

/** The generated part of the page for one kata: tables, ratios, limits, curves, in Markdown. */
function pagePart(
  locale: Locale,
  kata: Kata,
  record: RunRecord,
  cases: readonly ComparedCase[],
  linkOf: LinkOf,
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
    ...cases.flatMap((compared) => casePart(locale, compared, linkOf)),
    [t.tableNote(rounds), t.ratioNote(rounds), t.pageLatency].join(' '),
  ].join('\n\n');
}

function casePart(locale: Locale, compared: ComparedCase, linkOf: LinkOf): string[] {
  const t = compareTexts[locale];
  const { name, sides, ratios } = compared;
  const names = sides.map(({ language }) => languageNames[language] ?? language);
  const limits = sides.map(
    (side, at) => `- ${escapeText(names[at] ?? '')}: ${escapeText(tellLimit(locale, side.limit))}`,
  );
  return [
    `### ${escapeText(name)}`,
    markdownTable(sideColumns(locale, sides), sides),
    ...(ratios.length > 0 ? [markdownTable(ratioColumns(locale, ratios), ratios)] : []),
    `![${escapeText(t.curveAlt(name, names.join(', ')))}](${linkOf(compared)})`,
    `${t.limitedBy}:`,
    limits.join('\n'),
  ];
}

function sideColumns(locale: Locale, sides: readonly Side[]): MarkdownColumn<Side>[] {
  const t = compareTexts[locale];
  const right = (head: string, cell: (side: Side) => string): MarkdownColumn<Side> => ({
    head,
    align: 'right',
    cell,
  });
  const ms = (head: string, key: 'p50' | 'p95' | 'p99' | 'p999' | 'max'): MarkdownColumn<Side> =>
    right(head, ({ row: { latency } }) => formatMs(latency ? latency[key] : null));
  const some999 = sides.some(({ row }) => row.latency?.p999);
  return [
    { head: t.language, align: 'left', cell: ({ program }) => program },
    right('n', ({ row }) => String(row.latency?.n ?? 0)),
    ms('p50', 'p50'),
    ms('p95', 'p95'),
    ms('p99', 'p99'),
    ...(some999 ? [ms('p99.9', 'p999')] : []),
    ms('max', 'max'),
    right(t.perSecond, ({ row }) =>
      row.latency ? String(Math.round(row.latency.throughput)) : '–',
    ),
    right(t.cpuPerRequest, ({ row: { cpuPerRequest } }) =>
      cpuPerRequest === null ? '' : String(Math.round(cpuPerRequest)),
    ),
    right(t.memory, ({ row }) =>
      row.peakRssBytes === null ? '' : formatMegabytes(row.peakRssBytes),
    ),
    { head: t.verdict, align: 'left', cell: ({ row }) => verdictOf(locale, row) },
  ];
}

function ratioColumns(locale: Locale, all: readonly SideRatios[]): MarkdownColumn<SideRatios>[] {
  const t = compareTexts[locale];
  const known = new Set<Metric>(all.flatMap(({ ratios }) => ratios.map(({ metric }) => metric)));
  return [
    {
      head: '',
      align: 'left',
      cell: ({ language, to }) =>
        t.ratioHead(languageNames[language] ?? language, languageNames[to] ?? to),
    },
    {
      head: 'n',
      align: 'right',
      cell: ({ ratios }) => String(Math.max(0, ...ratios.map(({ n }) => n))),
    },
    ...[...known].map((metric): MarkdownColumn<SideRatios> => ({
      head: t.metric[metric],
      align: 'right',
      cell: ({ ratios }) => {
        const ratio = ratios.find((one) => one.metric === metric);
        return ratio ? formatRatio(ratio) : '–';
      },
    })),
  ];
}
