import { traceTexts } from '../../../i18n/trace.js';
import type { Locale } from '../../../i18n/text.js';
import type { Thread } from '../../../kata/trace/index.js';
import { foreignRecord } from '../../view/foreign.js';
import { hang } from '../hang.js';
import { print, printJson } from '../output.js';
import { style } from '../style.js';
import { firstWords, gapWords, totalOf, withoutStacks } from '../../view/trace.js';
import { waterfall } from './waterfall.js';

export interface ShownThread extends Thread {
  readonly kata: string;
  /** As people would type it. */
  readonly run: string;
  readonly case: string;
  /** What programs wrote that names it. */
  readonly lines: readonly { readonly role: string; readonly text: string }[];
}

const mostLines = 20;

/** One request from its client to the last row: what programs told, and what the lab saw. */
export function reportThread(locale: Locale, given: ShownThread): void {
  const shown = foreignRecord(given);
  const t = traceTexts[locale];
  const width = process.stdout.columns || 80;
  const parts = [
    style.bold(t.title(shown.kata.replace('kata-', 'Kata '), shown.run, shown.case)),
    hang(headLines(locale, shown).join('\n'), width),
  ];
  if (shown.spans.length > 0) parts.push(waterfall(locale, shown, width).join('\n'));
  if (shown.gaps.length > 0) {
    const gaps = shown.gaps.map((gap) => hang(`  ✘ ${gapWords(locale, gap)}`, width));
    parts.push([style.bold(t.gaps), ...gaps].join('\n'));
  }
  if (shown.lines.length > 0) parts.push(linesOf(locale, shown, width));
  if (shown.seen.length > 0) parts.push(seenLines(locale, shown, width));
  parts.push(t.hint);
  print(`${parts.join('\n\n')}\n`);
}

function headLines(locale: Locale, shown: ShownThread): string[] {
  const first = firstWords(locale, shown);
  return [
    style.bold(shown.names.slice(0, 4).join(' · ')),
    totalOf(locale, shown),
    ...(first === undefined ? [] : [style.yellow(first)]),
  ];
}

export function threadJson(shown: ShownThread): void {
  printJson(shown);
}

function linesOf(locale: Locale, { lines }: ShownThread, width: number): string {
  const t = traceTexts[locale];
  const told = lines
    .slice(0, mostLines)
    .map(({ role, text }) =>
      hang(`  ${role === '' ? '' : `${role}: `}${withoutStacks(locale, text)}`, width),
    );
  const more = lines.length > mostLines ? [`  ${t.moreLines(lines.length - mostLines)}`] : [];
  return [style.bold(t.lines), ...told, ...more].join('\n');
}

function seenLines(locale: Locale, { seen }: ShownThread, width: number): string {
  const t = traceTexts[locale];
  const told = seen.map(({ kind, atMs, what, detail }) =>
    hang(`  ${atMs.toFixed(1).padStart(9)} ${t.kinds[kind]} ${what} ${style.dim(detail)}`, width),
  );
  return [style.bold(t.seen), ...told].join('\n');
}
