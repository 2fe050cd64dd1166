import { explainTexts } from '../../i18n/explain.js';
import { journalTexts } from '../../i18n/journal.js';
import { runTexts } from '../../i18n/run.js';
import { sequenceTexts } from '../../i18n/sequence.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { RunRecord } from '../../kata/run-record.js';
import { commandOf, environmentOf, whenOf as plainWhen } from '../view/environment.js';
import { caseColumns, countedColumns, latencyColumns, unknownColumn } from '../view/figures.js';
import { generatorNote, verdictMarks, verdictsOf } from '../view/verdict.js';
import { renderCharts } from '../view/chart.js';
import { tracksOf } from '../view/tracks.js';
import { pictureOf } from '../view/interleaving/picture.js';
import { matrixOf, tellsFigures, type Matrix, type MatrixRow } from '../view/matrix.js';
import { rowsOf, type RunRow } from '../view/rows.js';
import { nameOf } from '../view/rows.js';
import { casesWithTimeline, timelineLines } from '../view/timeline.js';
import { isLesson, type Chosen } from '../view/choose.js';
import { panelsFile } from './panels-svg.js';
import { mermaidOf } from './mermaid.js';
import { codeBlock, codeSpan, escapeText, markdownTable, type MarkdownColumn } from './markdown.js';

/** The figures of the chosen runs, and where they were taken. */
export function resultsOf(locale: Locale, kata: Kata, chosen: Chosen): string {
  const { reference, own, panels } = chosen;
  const t = journalTexts[locale];
  const parts: string[] = [];
  if (reference)
    parts.push(
      ...runPart(
        locale,
        kata,
        reference.record,
        isLesson(kata, reference.record) ? t.lesson : t.singleRun,
      ),
    );
  if (own) parts.push(...runPart(locale, kata, own.record, t.ownRun));
  if (panels) {
    const { record } = panels.run;
    const head = t.runOf(whenOf(record), codeSpan(record.folder));
    const picture = `![${escapeText(t.dashboard)}](${panelsFile(kata.id)})`;
    parts.push(`**${t.dashboard}**: ${head}\n\n${picture}`);
  }
  const measured = [reference, own].some((run) => run?.record.cases.some(({ latency }) => latency));
  const notes = measured ? [`${t.latencyNote} ${t.generatorNote}`] : [];
  return [...parts, ...notes].join('\n\n');
}

/** `2026-11-24 10:15 UTC` */
export function whenOf(record: RunRecord): string {
  return escapeText(plainWhen(record));
}

function runPart(locale: Locale, kata: Kata, record: RunRecord, title: string): string[] {
  const t = journalTexts[locale];
  const rows = rowsOf(kata, record.cases);
  const head = t.runOf(whenOf(record), codeSpan(record.folder));
  const conditions = kata.conditions(record.cases[0]?.options ?? {})[locale];
  const facts = [
    `- ${t.conditions}: ${escapeText(conditions)}`,
    `- ${t.environment}: ${escapeText(environmentOf(locale, record))}`,
    `- ${t.typed}: ${codeSpan(commandOf(record))} (${t.seed} ${record.seed}, plan ${escapeText(record.plan)})`,
  ];
  const repeated = rows.some((row) => row.cases.length > 1)
    ? [runTexts[locale].medianNote(rows[0]?.cases.length ?? 0)]
    : [];
  const matrix = matrixOf(locale, rows);
  return [
    `**${title}**: ${head}`,
    ...(matrix ? matrixParts(locale, matrix) : []),
    ...(matrix === undefined || tellsFigures(rows)
      ? [markdownTable(columnsOf(locale, kata, rows), rows), ...repeated]
      : []),
    ...chartsOf(locale, kata, rows),
    ...timelinesOf(locale, kata, record),
    ...sequencesOf(locale, kata, record),
    ...explainedOf(locale, kata, record),
    facts.join('\n'),
  ];
}

function chartsOf(locale: Locale, kata: Kata, rows: readonly RunRow[]): string[] {
  const width = Number.POSITIVE_INFINITY;
  const charts = [
    ...renderCharts(locale, kata, rows, width),
    ...tracksOf(locale, kata, rows, width),
  ];
  return charts.length > 0 ? [codeBlock(charts.join('\n\n'), 'text')] : [];
}

function timelinesOf(locale: Locale, kata: Kata, { cases }: RunRecord): string[] {
  return casesWithTimeline(cases).map((one) => {
    const [head = '', ...lines] = one.timeline ? timelineLines(locale, one.timeline) : [];
    return `${escapeText(`${nameOf(kata, one)}: ${head}`)}\n\n${codeBlock(lines.join('\n'), 'text')}`;
  });
}

/** As it was observed; of repetitions, the first. */
function sequencesOf(locale: Locale, kata: Kata, { cases }: RunRecord): string[] {
  const noun = kata.sequence?.subject[locale];
  if (noun === undefined) return [];
  const t = sequenceTexts[locale];
  return cases.flatMap((one) => {
    if (one.sequence === undefined || one.repetition > 1) return [];
    const head = t.journalHead(nameOf(kata, one), noun, one.sequence.subject);
    return [`${escapeText(head)}\n\n${codeBlock(mermaidOf(locale, one.sequence), 'mermaid')}`];
  });
}

/** As on a terminal of eighty columns. */
function explainedOf(locale: Locale, kata: Kata, { cases }: RunRecord): string[] {
  return cases.flatMap((one) => {
    if (one.interleaving === undefined) return [];
    const head = explainTexts[locale].journalHead(nameOf(kata, one));
    const lines = pictureOf(locale, one.interleaving, 80).flatMap((block) => block.lines);
    return [`${escapeText(head)}\n\n${codeBlock(lines.join('\n'), 'text')}`];
  });
}

function matrixParts(locale: Locale, { columns, rows, legend }: Matrix): string[] {
  const left = (head: string, cell: (row: MatrixRow) => string): MarkdownColumn<MatrixRow> => ({
    head,
    align: 'left',
    cell,
  });
  const verdicts = columns.map(({ row }) => ({ text: verdictOf(locale, row), isWrong: false }));
  const last = { name: '', title: runTexts[locale].verdict, cells: verdicts };
  const table = markdownTable(
    [
      left('', ({ name }) => name),
      left('', ({ title }) => title),
      ...columns.map(({ head }, at) => left(head, ({ cells }) => cells[at]?.text ?? '')),
    ],
    [...rows, last],
  );
  return [table, escapeText(legend)];
}

function columnsOf(locale: Locale, kata: Kata, rows: readonly RunRow[]): MarkdownColumn<RunRow>[] {
  const rowOf = (row: RunRow): RunRow => row;
  return [
    ...caseColumns(locale, kata, rows),
    ...countedColumns(locale, kata),
    ...latencyColumns(locale, rows, { rowOf, unit: '', rank: { p95: 0, perSecond: 2 } }),
    unknownColumn(locale),
    {
      head: runTexts[locale].verdict,
      align: 'left',
      cell: (row) => verdictOf(locale, row),
    },
  ];
}

/** `✔ holds`, `✘ violated, as expected`, `✔ holds 50 of 50` */
export function verdictOf(locale: Locale, row: RunRow): string {
  const t = runTexts[locale];
  const isBroken = row.verdicts.has('violated');
  return [
    ...verdictsOf(locale, row).map(({ verdict, told }) => `${verdictMarks[verdict]} ${told}`),
    ...(isBroken && row.asExpected ? [t.asExpected] : []),
    ...(row.asExpected ? [] : [t.notAsExpected]),
    ...[generatorNote(locale, row) ?? []].flat(),
  ].join(', ');
}
