import { sequenceTexts } from '../../i18n/sequence.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord } from '../../kata/run-record.js';
import type { Sequence, Step } from '../../kata/sequence/index.js';
import { nameOf } from '../view/rows.js';
import { isRelief, labelOf, laneName, sinceFirst } from '../view/sequence.js';
import { percent } from './drawing.js';

/** More than this is read by nobody. */
const mostSteps = 60;
const line = 34;
const head = 40;

interface Props {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly one: CaseRecord;
}

/** One order (booking, transfer, …) through the services, as it was observed. */
export function SequenceOf({ locale, kata, one }: Props) {
  const { sequence } = one;
  const noun = kata.sequence?.subject[locale];
  if (sequence === undefined || noun === undefined) return null;
  return (
    <Drawn
      {...{ locale, sequence }}
      title={sequenceTexts[locale].head(nameOf(kata, one), noun, sequence.subject)}
    />
  );
}

export function Drawn({
  locale,
  sequence,
  title,
}: {
  readonly locale: Locale;
  readonly sequence: Sequence;
  readonly title: string;
}) {
  const t = sequenceTexts[locale];
  const { lanes, steps, end } = sequence;
  const shown = steps.slice(0, mostSteps);
  const height = head + shown.length * line + 12;
  const place = (lane: string): number => (lanes.indexOf(lane) + 0.5) / lanes.length;
  return (
    <figure class="sequence">
      <figcaption>
        <h3>{title}</h3>
        <p>{end === undefined ? t.notEnded : t.ended(end)}</p>
      </figcaption>
      <div class="scroll" role="region" tabindex={0} aria-label={title}>
        <svg class={`services rows-${shown.length}`} height={height} role="img" aria-label={title}>
          {lanes.map((lane) => (
            <>
              <line
                class="life"
                {...{
                  x1: percent(place(lane)),
                  x2: percent(place(lane)),
                  y1: head - 14,
                  y2: height,
                }}
              />
              <text class="lane" x={percent(place(lane))} y="16" text-anchor="middle">
                {laneName(locale, lane)}
              </text>
            </>
          ))}
          {shown.map((step, at) => (
            <StepOf {...{ locale, step, lanes, y: head + at * line + 18 }} />
          ))}
        </svg>
      </div>
      {steps.length > shown.length && <p>{t.moreSteps(steps.length - shown.length)}</p>}
      <details>
        <summary>{t.legend.split(/[,.]/)[0]}</summary>
        <p>{t.legend}</p>
        <ol class="plain">
          {shown.map((step) => (
            <li>
              {sinceFirst(sequence, step)} {partiesOf(locale, step)}: {labelOf(locale, step)}
            </li>
          ))}
        </ol>
      </details>
    </figure>
  );
}

function partiesOf(locale: Locale, step: Step): string {
  if ('role' in step) return laneName(locale, step.role);
  const to = step.to.map((lane) => laneName(locale, lane)).join(', ');
  return `${laneName(locale, step.from)} → ${to === '' ? '–' : to}`;
}

interface StepProps {
  readonly locale: Locale;
  readonly step: Step;
  readonly lanes: readonly string[];
  readonly y: number;
}

function StepOf({ locale, step, lanes, y }: StepProps) {
  const place = (lane: string): number => (lanes.indexOf(lane) + 0.5) / lanes.length;
  const label = labelOf(locale, step);
  if ('role' in step) {
    const sign = step.kind === 'does' ? '■' : isRelief(step) ? '○' : '✘';
    const { x, anchor } = beside(place(step.role), lanes.length);
    return (
      <text
        class={`${step.kind} ${sign === '✘' ? 'bad' : ''}`}
        x={x}
        y={y + 2}
        text-anchor={anchor}
      >
        {sign} {label}
      </text>
    );
  }
  const from = place(step.from);
  const targets = step.to.filter((lane) => lanes.includes(lane) && lane !== step.from);
  const far = targets.map(place).sort((a, b) => Math.abs(b - from) - Math.abs(a - from))[0] ?? from;
  return (
    <>
      {targets.map((lane) => {
        const to = place(lane);
        const isRight = to > from;
        return (
          <>
            <line class={step.kind} {...{ x1: percent(from), x2: percent(to), y1: y, y2: y }} />
            {/* Percentages can't be pointed at by a path: the head is a sign. */}
            <text class="arrow" x={percent(to)} y={y + 4} text-anchor={isRight ? 'end' : 'start'}>
              {isRight ? '▸' : '◂'}
            </text>
          </>
        );
      })}
      <text class="label" x={percent((from + far) / 2)} y={y - 5} text-anchor="middle">
        {label}
      </text>
    </>
  );
}

/** Words at the sides stay inside of the picture. */
function beside(place: number, lanes: number): { x: string; anchor: string } {
  const half = 0.5 / lanes;
  if (place <= half + 0.001) return { x: percent(place - half * 0.8), anchor: 'start' };
  if (place >= 1 - half - 0.001) return { x: percent(place + half * 0.8), anchor: 'end' };
  return { x: percent(place), anchor: 'middle' };
}
