import { formatMs, median } from '../../base/units.js';
import type { LatencyCurve } from '../../kata/run-record.js';

export interface CurveSide {
  readonly label: string;
  /** One a round. */
  readonly rounds: readonly LatencyCurve[];
  /** Answers of one round: they say how far the percentiles reach. */
  readonly n: number;
}

/** Where the curves lie, in pixels. */
export const curveFrame = { left: 72, right: 864, top: 92, bottom: 416 };
/** Points of a curve. */
const steps = 160;

/** Curves as they are drawn: latency by percentile as HdrHistogram plots it. */
export interface DrawnCurves {
  readonly latencies: readonly { readonly y: number; readonly name: string }[];
  readonly percentiles: readonly { readonly x: number; readonly name: string }[];
  readonly sides: readonly DrawnSide[];
}

export interface DrawnSide {
  readonly label: string;
  /** `p50 12 · p99 80 ms` */
  readonly told: string;
  /** Paths of SVG: between the lowest and the highest of the rounds, and their middle. */
  readonly area: string;
  readonly line: string;
}

/**
 * Every further nine takes as much room as the one before, latencies are on a log scale. A side
 * without answers is left out.
 */
export function drawCurves(sides: readonly CurveSide[]): DrawnCurves {
  const drawn = sides.map(bandOf).filter(({ points }) => points.length > 0);
  const scales = scalesFor(drawn);
  return {
    latencies: latencyTicks(scales),
    percentiles: percentileTicks(scales),
    sides: drawn.map((band) => ({
      label: band.label,
      told: toldOf(band.points),
      area: areaOf(band, scales),
      line: lineOf(band, scales),
    })),
  };
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
  const height = curveFrame.bottom - curveFrame.top;
  return {
    x: (nines) => curveFrame.left + ((curveFrame.right - curveFrame.left) * nines) / mostNines,
    y: (ms) => curveFrame.bottom - (height * Math.log(ms / from)) / Math.log(to / from),
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

function latencyTicks({ y, from, to }: Scales): DrawnCurves['latencies'] {
  return (to / from < 15 ? fineTicks : ticks)
    .filter((tick) => tick >= from && tick <= to)
    .map((tick) => ({ y: round(y(tick)), name: formatTick(tick) }));
}

const percentiles = [0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999];

function percentileTicks({ x, mostNines }: Scales): DrawnCurves['percentiles'] {
  return percentiles.flatMap((percentile) => {
    const nines = -Math.log10(1 - percentile / 100);
    return nines > mostNines + 1e-6 ? [] : [{ x: round(x(nines)), name: `p${percentile}` }];
  });
}

function areaOf({ points }: Band, { x, y }: Scales): string {
  const there = points.map(({ nines, high }) => `${round(x(nines))} ${round(y(high))}`);
  const back = points.map(({ nines, low }) => `${round(x(nines))} ${round(y(low))}`).reverse();
  return `M${[...there, ...back].join('L')}Z`;
}

function lineOf({ points }: Band, { x, y }: Scales): string {
  const path = points.map(({ nines, middle }) => `${round(x(nines))} ${round(y(middle))}`);
  return `M${path.join('L')}`;
}

function toldOf(points: Band['points']): string {
  const at = (nines: number): string =>
    formatMs(points.findLast((point) => point.nines <= nines + 1e-9)?.middle ?? null);
  return `p50 ${at(Math.log10(2))} · p99 ${at(2)} ms`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function formatTick(tick: number): string {
  return tick >= 1000 ? `${tick / 1000} s` : String(tick);
}
