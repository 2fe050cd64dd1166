import type { LatencyCurve } from '../../kata/run-record.js';
import { foreignLine } from '../view/foreign.js';
import { formatMs, median } from '../../base/units.js';

export interface CurveSide {
  readonly label: string;
  /** One a round. */
  readonly rounds: readonly LatencyCurve[];
  /** Answers of one round: they say how far the percentiles reach. */
  readonly n: number;
}

export interface CurvePlot {
  readonly title: string;
  readonly note: string;
  readonly latencyAxis: string;
  readonly percentileAxis: string;
  readonly sides: readonly CurveSide[];
}

const size = { width: 880, height: 480 };
const frame = { left: 72, right: 864, top: 92, bottom: 416 };
/** Points of a curve. */
const steps = 160;

/**
 * Latency by percentile as HdrHistogram plots it: every further nine takes as much room as the one
 * before, latencies are on a log scale. For light and for dark surroundings.
 */
export function curveSvg(plot: CurvePlot): string {
  const drawn = plot.sides.map(bandOf).filter(({ points }) => points.length > 0);
  const scales = scalesFor(drawn);
  const body = [
    `<rect class="paper" width="${size.width}" height="${size.height}" rx="8"/>`,
    text(24, 34, plot.title, 'class="title"'),
    text(24, 56, plot.note, 'class="note"'),
    ...legend(drawn),
    ...latencyLines(scales),
    ...percentileLines(scales),
    ...drawn.map((band, at) => area(band, scales, at)),
    ...drawn.map((band, at) => line(band, scales, at)),
    text(frame.left, size.height - 16, plot.percentileAxis, 'class="note"'),
    text(frame.left, frame.top - 12, plot.latencyAxis, 'class="note"'),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escaped(plot.title)}">`,
    `<style>${style}</style>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

interface Band {
  readonly label: string;
  readonly points: readonly {
    /** Nines: 0 at p0, 1 at p90, 2 at p99. */
    readonly nines: number;
    readonly low: number;
    readonly middle: number;
    readonly high: number;
  }[];
}

interface Scales {
  readonly x: (nines: number) => number;
  readonly y: (ms: number) => number;
  readonly mostNines: number;
  readonly from: number;
  readonly to: number;
}

function bandOf({ label, rounds, n }: CurveSide): Band {
  const curves = rounds.filter((curve) => curve.length > 0);
  const mostNines = Math.log10(Math.max(2, n));
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const nines = (mostNines * step) / steps;
    const values = curves.map((curve) => valueAt(curve, 1 - 10 ** -nines));
    return {
      nines,
      low: Math.min(...values),
      middle: median(values),
      high: Math.max(...values),
    };
  });
  return { label, points: curves.length > 0 ? points : [] };
}

/** Between two rows of the histogram along the line that joins them. */
function valueAt(curve: LatencyCurve, share: number): number {
  const next = curve.findIndex((point) => point.share >= share);
  const right = curve[next] ?? curve.at(-1);
  const left = curve[next - 1];
  if (!right) return Number.NaN;
  if (!left || right.share === left.share) return right.ms;
  return left.ms + ((right.ms - left.ms) * (share - left.share)) / (right.share - left.share);
}

function scalesFor(bands: readonly Band[]): Scales {
  const points = bands.flatMap((band) => band.points);
  const mostNines = Math.max(1, ...points.map(({ nines }) => nines));
  const least = Math.max(0.001, Math.min(...points.map(({ low }) => low)));
  const most = Math.max(least, ...points.map(({ high }) => high));
  let [from, to] = [floorTick(least), ceilTick(most)];
  // What differs by a tenth is not to look like a cliff.
  while (to / from < 4) [from, to] = [floorTick(from * 0.99), ceilTick(to * 1.01)];
  const height = frame.bottom - frame.top;
  return {
    x: (nines) => frame.left + ((frame.right - frame.left) * nines) / mostNines,
    y: (ms) => frame.bottom - (height * Math.log(ms / from)) / Math.log(to / from),
    ...{ mostNines, from, to },
  };
}

/** 1, 2 and 5 of every power of ten. */
const ticks = everyDecade([1, 2, 5]);
const fineTicks = everyDecade([1, 1.5, 2, 3, 4, 5, 7]);

/** From 0.1 µs to years. */
function everyDecade(multiples: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, at) => multiples.map((m) => m * 10 ** (at - 4)))
    .flat()
    .map((tick) => Number(tick.toPrecision(2)));
}

function floorTick(value: number): number {
  return ticks.findLast((tick) => tick <= value) ?? value;
}

function ceilTick(value: number): number {
  return ticks.find((tick) => tick >= value) ?? value;
}

function latencyLines({ y, from, to }: Scales): string[] {
  return (to / from < 15 ? fineTicks : ticks)
    .filter((tick) => tick >= from && tick <= to)
    .flatMap((tick) => [
      `<path class="grid" d="M${frame.left} ${round(y(tick))}H${frame.right}"/>`,
      text(frame.left - 10, y(tick) + 4, formatTick(tick), 'class="tick" text-anchor="end"'),
    ]);
}

const percentiles = [0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999];

function percentileLines({ x, mostNines }: Scales): string[] {
  return percentiles.flatMap((percentile) => {
    const nines = -Math.log10(1 - percentile / 100);
    if (nines > mostNines + 1e-6) return [];
    const at = round(x(nines));
    return [
      `<path class="grid" d="M${at} ${frame.top}V${frame.bottom}"/>`,
      text(at, frame.bottom + 20, `p${percentile}`, `class="tick" text-anchor="${anchorAt(at)}"`),
    ];
  });
}

/** Nothing sticks out on the right. */
function anchorAt(x: number): string {
  return x > frame.right - 20 ? 'end' : 'middle';
}

function area({ points }: Band, { x, y }: Scales, at: number): string {
  const there = points.map(({ nines, high }) => `${round(x(nines))} ${round(y(high))}`);
  const back = points.map(({ nines, low }) => `${round(x(nines))} ${round(y(low))}`).reverse();
  return `<path class="band side${at}" d="M${[...there, ...back].join('L')}Z"/>`;
}

function line({ points }: Band, { x, y }: Scales, at: number): string {
  const path = points.map(({ nines, middle }) => `${round(x(nines))} ${round(y(middle))}`);
  return `<path class="line side${at}" d="M${path.join('L')}"/>`;
}

/** Names with their colours, and the two percentiles that everybody asks for. */
function legend(bands: readonly Band[]): string[] {
  let right = frame.right;
  return bands
    .map(({ label, points }, at) => ({ at, told: `${label}  ${toldOf(points)}` }))
    .reverse()
    .flatMap(({ at, told }) => {
      const end = right;
      // No font is known here: wider than any of them.
      right -= told.length * 7.4 + 50;
      return [
        `<path class="line side${at}" d="M${right + 24} 30H${right + 44}"/>`,
        text(end, 34, told, 'class="legend" text-anchor="end"'),
      ];
    });
}

function toldOf(points: Band['points']): string {
  const at = (nines: number): string =>
    formatMs(points.findLast((point) => point.nines <= nines + 1e-9)?.middle ?? null);
  return `p50 ${at(Math.log10(2))} · p99 ${at(2)} ms`;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function formatTick(tick: number): string {
  return tick >= 1000 ? `${tick / 1000} s` : String(tick);
}

function escaped(content: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return foreignLine(content).replace(/[&<>"]/g, (found) => names[found] ?? found);
}

/** Okabe and Ito's colours, told apart by everybody, each in a shade for light and for dark. */
const colours = [
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#f0a04b'],
  ['#00805c', '#4fd1a5'],
  ['#a34b82', '#e29ac4'],
  ['#5c5f00', '#e6dc5a'],
] as const;

const style = [
  'text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#1f2933}',
  '.title{font-size:17px;font-weight:600}.legend{font-weight:600}',
  '.note,.tick{fill:#52606d}',
  '.paper{fill:#fff;stroke:#d9dee4}.grid{stroke:#e4e7eb;fill:none}',
  '.line{fill:none;stroke-width:2.5;stroke-linejoin:round}.band{stroke:none;fill-opacity:.16}',
  ...colours.map(([light], at) => `.line.side${at}{stroke:${light}}.band.side${at}{fill:${light}}`),
  '@media(prefers-color-scheme:dark){',
  'text{fill:#e6edf3}.note,.tick{fill:#9da7b3}',
  '.paper{fill:#0d1117;stroke:#30363d}.grid{stroke:#262c34}',
  ...colours.map(([, dark], at) => `.line.side${at}{stroke:${dark}}.band.side${at}{fill:${dark}}`),
  '}',
].join('');
