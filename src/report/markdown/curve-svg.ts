import {
  curveFrame as frame,
  drawCurves,
  type CurveSide,
  type DrawnCurves,
} from '../view/curves.js';
import { escaped, style, textAt as text } from './svg.js';

export interface CurvePlot {
  readonly title: string;
  readonly note: string;
  readonly latencyAxis: string;
  readonly percentileAxis: string;
  readonly sides: readonly CurveSide[];
}

const size = { width: 880, height: 480 };

/** Curves as a file of their own, for light and for dark surroundings. */
export function curveSvg(plot: CurvePlot): string {
  const drawn = drawCurves(plot.sides);
  const body = [
    `<rect class="paper" width="${size.width}" height="${size.height}" rx="8"/>`,
    text(24, 34, plot.title, 'class="title"'),
    text(24, 56, plot.note, 'class="note"'),
    ...legend(drawn.sides),
    ...latencyLines(drawn),
    ...percentileLines(drawn),
    ...drawn.sides.map(({ area }, at) => `<path class="band side${at}" d="${area}"/>`),
    ...drawn.sides.map(({ line }, at) => `<path class="line side${at}" d="${line}"/>`),
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

function latencyLines({ latencies }: DrawnCurves): string[] {
  return latencies.flatMap(({ y, name }) => [
    `<path class="grid" d="M${frame.left} ${y}H${frame.right}"/>`,
    text(frame.left - 10, y + 4, name, 'class="tick" text-anchor="end"'),
  ]);
}

function percentileLines({ percentiles }: DrawnCurves): string[] {
  return percentiles.flatMap(({ x, name }) => [
    `<path class="grid" d="M${x} ${frame.top}V${frame.bottom}"/>`,
    text(x, frame.bottom + 20, name, `class="tick" text-anchor="${anchorAt(x)}"`),
  ]);
}

/** Nothing sticks out on the right. */
function anchorAt(x: number): string {
  return x > frame.right - 20 ? 'end' : 'middle';
}

/** Names with their colours, and the two percentiles that everybody asks for. */
function legend(sides: DrawnCurves['sides']): string[] {
  let right = frame.right;
  return sides
    .map((side, at) => ({ at, told: `${side.label}  ${side.told}` }))
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
