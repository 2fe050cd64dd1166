import type { Locale } from '../../../i18n/text.js';
import type { Interleaving } from '../../../kata/interleaving/index.js';
import { wrap } from '../wrap.js';
import { tellInterleaving, type Told, type ToldInterleaving, type ToldKind } from './told.js';

/** What belongs together, in lines: a face colours it by its kind, and loses nothing without. */
export interface Block {
  readonly kind: 'head' | ToldKind;
  readonly lines: readonly string[];
}

const between = ' │ ';
const indent = '  ';
/** Narrower columns break every word: then one stands below the other. */
const leastLane = 20;
const mostLane = 48;

interface Page {
  readonly told: ToldInterleaving;
  readonly width: number;
  /** Of a lane; undefined where they stand one below the other. */
  readonly lane: number | undefined;
  readonly timeWidth: number;
}

/** The whole picture as plain text, in blocks. Foreign texts are to be made visible before. */
export function pictureOf(locale: Locale, given: Interleaving, width: number): Block[] {
  const told = tellInterleaving(locale, given);
  const timeWidth = Math.max(6, ...told.steps.map(({ time }) => time.length));
  const room = width - indent.length - timeWidth - 1;
  const several = told.lanes.length > 1;
  const lane = several ? Math.floor((room - between.length) / 2) : room;
  const page: Page = {
    ...{ told, width, timeWidth },
    lane: lane < leastLane ? undefined : Math.min(lane, several ? mostLane : lane),
  };
  return [
    headOf(page),
    ...told.steps.map((step) => blockOf(page, step)),
    ...told.ends.flatMap((end) => [{ kind: end.kind, lines: ['', ...wide(page, end.texts)] }]),
    { kind: 'note', lines: wide(page, ['', ...told.notes]) },
  ];
}

function headOf(page: Page): Block {
  const { told } = page;
  const names = told.lanes.map(({ name }) => name);
  const uses = told.lanes.map((one) => one.uses);
  const cells = page.lane === undefined ? [] : [rowOf(page, 'ms', names), rowOf(page, '', uses)];
  const rule = page.lane === undefined ? [] : [lineBelow(page)];
  return { kind: 'head', lines: [...wide(page, [told.legend]), '', ...cells.flat(), ...rule] };
}

function lineBelow({ lane = 0, told, timeWidth }: Page): string {
  const cells = told.lanes.map(() => '─'.repeat(lane));
  return `${indent}${'─'.repeat(timeWidth)} ${cells.join('─┼─')}`;
}

function blockOf(page: Page, { kind, lane, texts, time }: Told): Block {
  if (lane === undefined) return { kind, lines: wide(page, texts) };
  return { kind, lines: inLane(page, lane, texts, time) };
}

/** One step's lines, in its column. */
function inLane(page: Page, lane: number, texts: readonly string[], time: string): string[] {
  if (page.lane === undefined) {
    const name = page.told.lanes[lane]?.name ?? '?';
    return wide(
      page,
      texts.map((text, n) => (n === 0 ? `${time} ${name}: ${text}` : `  ${text}`)),
    );
  }
  const room = page.lane;
  const lines = texts.flatMap((text) => wrap(text, room));
  return lines.flatMap((line, n) =>
    rowOf(
      page,
      n === 0 ? time : '',
      page.told.lanes.map((_, at) => (at === lane ? line : '')),
    ),
  );
}

function rowOf({ lane = 0, timeWidth }: Page, time: string, cells: readonly string[]): string[] {
  const wrapped = cells.map((cell) => wrap(cell, lane));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, n) => {
    const texts = wrapped.map((lines) => (lines[n] ?? '').padEnd(lane));
    return `${indent}${(n === 0 ? time : '').padEnd(timeWidth)} ${texts.join(between)}`.trimEnd();
  });
}

function wide({ width }: Page, texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    text === '' ? [''] : wrap(text, width - indent.length).map((line) => `${indent}${line}`),
  );
}
