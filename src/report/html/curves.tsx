import { pageTexts } from '../../i18n/page.js';
import { compareTexts } from '../../i18n/compare.js';
import type { Locale } from '../../i18n/text.js';
import { curveFrame, drawCurves, type CurveSide } from '../view/curves.js';
import { percent } from './drawing.js';

const { left, right, top, bottom } = curveFrame;
const width = right - left;
const height = bottom - top;

/** No room to its right, however narrow the page. */
const isLast = (x: number): boolean => x > left + width * 0.86;

interface Props {
  readonly locale: Locale;
  readonly title: string;
  readonly sides: readonly CurveSide[];
}

/** Latency by percentile, laid over each other; nothing where nobody was asked anything. */
export function Curves({ locale, title, sides }: Props) {
  const drawn = drawCurves(sides);
  if (drawn.sides.length === 0) return null;
  const t = compareTexts[locale];
  const told = drawn.sides.map((side) => `${side.label}: ${side.told}`).join('; ');
  return (
    <figure class="curves">
      <figcaption>
        <h3>{title}</h3>
        <p>{pageTexts[locale].latencyNote}</p>
      </figcaption>
      <ul class="keys">
        {drawn.sides.map(({ label, told: figures }, at) => (
          <li>
            <svg class="key" viewBox="0 0 32 8" aria-hidden="true">
              <path class={`line side-${at % 8}`} d="M0 4H32" />
            </svg>
            <b>{label}</b> <small>{figures}</small>
          </li>
        ))}
      </ul>
      <svg class="plot" role="img" aria-label={`${title}. ${told}`}>
        <svg viewBox={`${left} ${top} ${width} ${height}`} preserveAspectRatio="none">
          {drawn.latencies.map(({ y }) => (
            <path class="grid" d={`M${left} ${y}H${right}`} />
          ))}
          {drawn.percentiles.map(({ x }) => (
            <path class="grid" d={`M${x} ${top}V${bottom}`} />
          ))}
          {drawn.sides.map(({ area }, at) => (
            <path class={`band side-${at % 8}`} d={area} />
          ))}
          {drawn.sides.map(({ line }, at) => (
            <path class={`line side-${at % 8}`} d={line} />
          ))}
        </svg>
        {drawn.latencies.map(({ y, name }) => (
          <text x="4" y={percent((y - top) / height)} dy="-3">
            {/^[\d.]+$/.test(name) ? `${name} ms` : name}
          </text>
        ))}
      </svg>
      <svg class="percentiles" aria-hidden="true">
        {drawn.percentiles.map(({ x, name }) => (
          <text
            x={percent((x - left) / width)}
            y="14"
            dx={isLast(x) ? -2 : 2}
            text-anchor={isLast(x) ? 'end' : 'start'}
          >
            {x > left + 1 ? name : ''}
          </text>
        ))}
      </svg>
      <p class="axis-names">
        {t.latencyAxis} · {t.percentileAxis}
      </p>
    </figure>
  );
}
