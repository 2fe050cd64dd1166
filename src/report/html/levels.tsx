import type { Child } from 'hono/jsx';
import { formatMs } from '../../base/units.js';
import { columnsPath, percent } from './drawing.js';

interface LevelsProps {
  readonly name: Child;
  readonly levels: readonly number[];
  /** What reaches the top. */
  readonly scale: number;
  /** Of the highest, in words. */
  readonly note: string;
  readonly tone?: string;
}

/** How many or how much in each step, as columns. */
export function Levels({ name, levels, scale, note, tone = '' }: LevelsProps) {
  return (
    <div class="track">
      <span class="name">{name}</span>
      <svg
        class={`levels ${tone}`}
        viewBox={`0 0 ${Math.max(1, levels.length)} 100`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={columnsPath(levels, scale)} />
      </svg>
      <span class="note">{note}</span>
    </div>
  );
}

interface Span {
  /** From 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}

/** When something lasted. */
export function Spans({ name, spans }: { readonly name: string; readonly spans: readonly Span[] }) {
  return (
    <div class="track">
      <span class="name">{name}</span>
      <svg class="spans" aria-hidden="true">
        {spans.map(({ from, to, kind }) => (
          <rect
            class={kind}
            x={percent(from)}
            y="4"
            width={percent(Math.max(0.004, to - from))}
            height="12"
          />
        ))}
      </svg>
      <span class="note"></span>
    </div>
  );
}

/** What time it is, and which phase. */
export function Axis({
  totalMs,
  phases = [],
}: {
  readonly totalMs: number;
  readonly phases?: readonly { readonly name: string; readonly from: number }[];
}) {
  return (
    <>
      {phases.length > 0 && (
        <div class="track">
          <span class="name"></span>
          <svg class="phases" aria-hidden="true">
            {phases.map(({ from }, at) => (
              <>
                <line x1={percent(from)} x2={percent(from)} y1="0" y2="18" />
                <text x={percent(from)} dx="4" y="13">
                  {numbersAt(phases, at)}
                </text>
              </>
            ))}
          </svg>
          <span class="note"></span>
        </div>
      )}
      <div class="track axis">
        <span class="name"></span>
        <span class="ends">
          <span>0 ms</span>
          <span>{formatMs(totalMs)} ms</span>
        </span>
        <span class="note"></span>
      </div>
      {phases.length > 0 && (
        <ol class="phase-names">
          {phases.map(({ name }) => (
            <li>{name}</li>
          ))}
        </ol>
      )}
    </>
  );
}

/** Closer than this, the number of the next would be drawn over it. */
const tooClose = 0.04;

/** Of phases that begin at nearly one place the first has the numbers of all: `1–2`. */
function numbersAt(phases: readonly { readonly from: number }[], at: number): string {
  const isNear = (one: number): boolean =>
    (phases[one]?.from ?? Infinity) - (phases[one - 1]?.from ?? -Infinity) < tooClose;
  if (isNear(at)) return '';
  let last = at;
  while (isNear(last + 1)) last += 1;
  return last === at ? String(at + 1) : `${at + 1}–${last + 1}`;
}
