import type { Locale } from '../../i18n/text.js';
import { chartTexts } from '../../i18n/chart.js';
import { formatMs } from '../../base/units.js';
import type { LevelTrack, Track, Tracks } from '../../kata/tracks.js';
import { style, textAt } from './svg.js';

/** What a file of panels is called, beside the page of its kata. */
export const panelsFile = (kata: string): string => `${kata}-panels.svg`;

const frame = { width: 880, across: 2, left: 24, top: 84, gap: 40, plotHeight: 90, rowHeight: 156 };
const panelWidth = (frame.width - 2 * frame.left - frame.gap) / frame.across;

/** The panels of a dashboard as a file of their own, for light and for dark surroundings. */
export function panelsSvg(locale: Locale, title: string, tracks: Tracks): string {
  const rows = tracks.rows.filter(isLevel);
  const height = frame.top + Math.ceil(rows.length / frame.across) * frame.rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${height}" width="${frame.width}" height="${height}" role="img">`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${frame.width}" height="${height}" rx="8"/>`,
    textAt(frame.left, 34, title, 'class="title"'),
    textAt(frame.left, 56, tracks.title[locale], 'class="note"'),
    ...rows.flatMap((row, at) => panel(locale, row, at, tracks.stepMs)),
    '</svg>',
    '',
  ].join('\n');
}

const isLevel = (row: Track): row is LevelTrack => 'levels' in row;

function panel(locale: Locale, row: LevelTrack, at: number, stepMs: number): string[] {
  const left = frame.left + (at % frame.across) * (panelWidth + frame.gap);
  const top = frame.top + Math.floor(at / frame.across) * frame.rowHeight;
  const [from, ground] = [top + 16, top + 16 + frame.plotHeight];
  const highest = Math.max(0, ...row.levels);
  const most = chartTexts[locale].atMost(highest, row.unit);
  const end = `${formatMs(Math.max(0, row.levels.length - 1) * stepMs)} ms`;
  return [
    textAt(left, top, row.name[locale], 'class="legend"'),
    textAt(left + panelWidth, top, most, 'class="note" text-anchor="end"'),
    `<path class="grid" d="M${left} ${from}h${panelWidth}M${left} ${ground}h${panelWidth}"/>`,
    `<path class="band side0" d="${line(row.levels, highest, left, ground)}V${ground}H${left}z"/>`,
    `<path class="line side0" d="${line(row.levels, highest, left, ground)}"/>`,
    textAt(left, ground + 16, '0 ms', 'class="tick"'),
    textAt(left + panelWidth, ground + 16, end, 'class="tick" text-anchor="end"'),
  ];
}

function line(levels: readonly number[], highest: number, left: number, ground: number): string {
  const step = panelWidth / Math.max(1, levels.length - 1);
  const y = (level: number): number =>
    highest === 0 ? ground : ground - (frame.plotHeight * level) / highest;
  return levels
    .map((level, at) => `${at === 0 ? 'M' : 'L'}${tenth(left + at * step)} ${tenth(y(level))}`)
    .join('');
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
