import { formatMs } from '../../base/units.js';
import { chartTexts } from '../../i18n/chart.js';
import type { Locale, Text } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { LevelTrack, StateTrack, Track, Tracks } from '../../kata/tracks.js';
import { nameOf, type RunRow } from './rows.js';

const eighths = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const full = eighths.length - 1;
const indent = '  ';
const gap = 2;
/** Narrower than this there is nothing to see. */
const fewestSteps = 12;

export interface NamedTracks {
  readonly name: string;
  readonly tracks: Tracks;
}

/** Of a run's cases; of repetitions, the first. */
export function tracksOf(
  locale: Locale,
  kata: Kata,
  rows: readonly RunRow[],
  width: number,
): string[] {
  const drawn = rows.flatMap(({ first }) =>
    first.tracks ? [{ name: nameOf(kata, first), tracks: first.tracks }] : [],
  );
  return renderTracks(locale, drawn, width);
}

/** One below the other, in plain text, no line wider than the width; empty without any. */
export function renderTracks(
  locale: Locale,
  drawn: readonly NamedTracks[],
  width: number,
): string[] {
  const [one] = drawn;
  if (!one) return [];
  const rows = drawn.flatMap(({ tracks }) => tracks.rows);
  const names = Math.max(...rows.map(({ name }) => name[locale].length));
  const notes = Math.max(...rows.map((row) => noteOf(locale, row).length));
  // The phases' line begins and ends a column further.
  const room = width - indent.length - names - 2 * gap - notes;
  const fitted = drawn.map(({ name, tracks }) => ({ name, tracks: fit(tracks, room) }));
  const scales = scalesOf(fitted.flatMap(({ tracks }) => tracks.rows));
  const { title, stepMs } = (fitted[0] ?? one).tracks;
  return [
    `${indent}${title[locale]}: ${chartTexts[locale].oneColumn(formatMs(stepMs))}`,
    ...fitted.map(({ name, tracks }) =>
      [
        `${indent}${name}`,
        ...tracks.rows.map((row) => lineOf(locale, row, scales, names)),
        ...axisOf(locale, tracks).map((line) => `${indent}${' '.repeat(names + gap)}${line}`),
      ].join('\n'),
    ),
    ...legendsOf(locale, one.tracks.rows),
  ];
}

const isLevel = (row: Track): row is LevelTrack => 'levels' in row;

const highest = ({ levels }: LevelTrack): number => Math.max(0, ...levels);

/** Of one name, over all cases; the English one, whatever is shown. */
function scalesOf(rows: readonly Track[]): ReadonlyMap<string, number> {
  const scales = new Map<string, number>();
  for (const row of rows.filter(isLevel))
    scales.set(row.name.en, Math.max(scales.get(row.name.en) ?? 1, highest(row)));
  return scales;
}

function noteOf(locale: Locale, row: Track): string {
  if (!isLevel(row)) return '';
  return chartTexts[locale].atMost(Math.round(highest(row)), row.unit);
}

function lineOf(
  locale: Locale,
  row: Track,
  scales: ReadonlyMap<string, number>,
  names: number,
): string {
  const bars = isLevel(row) ? barsOf(row, scales.get(row.name.en) ?? 1) : signsOf(row);
  const label = row.name[locale].padEnd(names + gap);
  return `${indent}${label}${bars}${' '.repeat(gap)}${noteOf(locale, row)}`.trimEnd();
}

function barsOf({ levels }: LevelTrack, scale: number): string {
  return levels
    .map((level) =>
      level <= 0 ? 0 : Math.min(full, Math.max(1, Math.round((level / scale) * full))),
    )
    .map((height) => eighths[height] ?? ' ')
    .join('');
}

const signsOf = ({ states, legend }: StateTrack): string =>
  states.map((state) => legend[state]?.sign ?? ' ').join('');

/** Phases with as much of their names as there is room for, and what time it is. */
function axisOf(locale: Locale, { rows, phases, stepMs }: Tracks): string[] {
  const length = lengthOf(rows);
  const last = `${formatMs(length * stepMs)} ms`;
  const time = `0 ms${last.padStart(length - 4)}`;
  if (phases.length === 0) return [time];
  const begins = Math.min(...phases.map(({ from }) => from));
  const named = phases.map(({ name, from }, at) =>
    phaseIn(name, locale, (phases[at + 1]?.from ?? length) - from),
  );
  return [`${' '.repeat(Math.max(0, begins))}${named.join('')}`.trimEnd(), time];
}

function phaseIn(name: Text, locale: Locale, room: number): string {
  if (room <= 0) return '';
  const said = name[locale];
  const inside = room - 1;
  const cut = said.length > inside ? `${said.slice(0, Math.max(0, inside - 1))}…` : said;
  return `│${inside === 0 ? '' : cut.padEnd(inside)}`;
}

function legendsOf(locale: Locale, rows: readonly Track[]): string[] {
  return rows
    .filter((row): row is StateTrack => !isLevel(row))
    .map(
      ({ name, legend }) =>
        `${indent}${name[locale]}: ${legend.map((one) => `${one.sign} ${one.name[locale]}`).join('  ')}`,
    );
}

const stepsOf = (row: Track): readonly number[] => (isLevel(row) ? row.levels : row.states);

const lengthOf = (rows: readonly Track[]): number =>
  Math.max(0, ...rows.map((row) => stepsOf(row).length));

/** Two steps become one until there is room for all. */
function fit(tracks: Tracks, room: number): Tracks {
  const { rows, stepMs, phases } = tracks;
  if (lengthOf(rows) <= Math.max(room, fewestSteps)) return tracks;
  const half: Tracks = {
    ...tracks,
    stepMs: 2 * stepMs,
    rows: rows.map((row) =>
      isLevel(row)
        ? { ...row, levels: halved(row.levels, row.together) }
        : { ...row, states: halved(row.states, 'highest') },
    ),
    phases: phases.map((phase) => ({ ...phase, from: Math.floor(phase.from / 2) })),
  };
  return fit(half, room);
}

function halved(values: readonly number[], together: LevelTrack['together']): number[] {
  return Array.from({ length: Math.ceil(values.length / 2) }, (_, at) => {
    const [one = 0, other = 0] = [values[2 * at], values[2 * at + 1]];
    return together === 'sum' ? one + other : Math.max(one, other);
  });
}
