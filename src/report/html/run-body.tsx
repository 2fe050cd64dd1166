import type { Child } from 'hono/jsx';
import { compareTexts } from '../../i18n/compare.js';
import { explainTexts } from '../../i18n/explain.js';
import { pageTexts } from '../../i18n/page.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Verdict } from '../../kata/findings.js';
import type { LatencyCurve, RunRecord } from '../../kata/run-record.js';
import { tellsFigures } from '../view/matrix.js';
import type { ComparedCase } from '../view/comparison.js';
import { whenOf } from '../view/environment.js';
import { headOf } from '../view/head.js';
import { loadNotes } from '../view/load-notes.js';
import { curveSideOf } from '../view/curve-side.js';
import { rowsOf, type RunRow } from '../view/rows.js';
import { storiesOf } from '../view/stories.js';
import { casesWithTimeline } from '../view/timeline.js';
import { verdictMarks } from '../view/verdict.js';
import { Cases, Roles } from './cases.js';
import { Comparison } from './comparison.js';
import { Conditions } from './conditions.js';
import { Curves } from './curves.js';
import { Matrix } from './exhibits.js';
import { InterleavingOf } from './interleaving.js';
import { Charts, TimelineOf, TracksOf } from './over-time.js';
import { SequenceOf } from './sequence.js';
import { Rules, Stories } from './stories.js';

export interface RunPageInput {
  readonly kata: Kata;
  /** With every text of programs and servers made visible: see `foreignRecord`. */
  readonly record: RunRecord;
  /** Of a case by its slug; empty where there is none. */
  readonly curveOf: (slug: string) => LatencyCurve;
  /** Of a comparison. */
  readonly compared?: readonly ComparedCase[] | undefined;
}

/** All that a run has to tell: the verdict, the picture, the figures, and then what stands behind. */
export function RunBody({
  locale,
  input,
}: {
  readonly locale: Locale;
  readonly input: RunPageInput;
}) {
  const { kata, record, curveOf, compared } = input;
  const rows = rowsOf(kata, record.cases);
  const t = pageTexts[locale];
  const explained = record.cases.filter(({ interleaving }) => interleaving);
  const timed = casesWithTimeline(record.cases);
  const sequences = record.cases.filter(
    ({ sequence, repetition }) => sequence !== undefined && repetition === 1,
  );
  const isPlayed = rows.some(({ first }) => first.exhibits);
  const hasFigures = !isPlayed || tellsFigures(rows);
  const isOverTime = rows.some(({ first }) => first.chart ?? first.tracks);
  const stories = storiesOf(locale, kata, rows);
  const props = { locale, kata, rows };
  return (
    <>
      <RunHead {...{ locale, kata, record, rows }} />
      {explained.length > 0 && (
        <Part title={t.step}>
          {explained.map((one) => (
            <InterleavingOf {...{ locale, kata, one }} />
          ))}
          <p class="soft">{explainTexts[locale].slower}</p>
        </Part>
      )}
      {isPlayed && (
        <Part title={t.verdict}>
          <Matrix {...{ locale, rows }} />
        </Part>
      )}
      {hasFigures && (
        <Part title={t.cases}>
          <Cases {...props} />
          <Notes {...props} />
          <Roles {...props} />
        </Part>
      )}
      {isOverTime && (
        <Part title={t.overTime}>
          <Charts {...props} />
          <TracksOf {...props} />
        </Part>
      )}
      {stories.length > 0 && (
        <Part title={t.happened}>
          <Stories {...props} />
        </Part>
      )}
      {timed.length > 0 && (
        <Part title={t.faults}>
          {timed.map((one) => (
            <TimelineOf {...{ locale, kata, one }} />
          ))}
        </Part>
      )}
      {sequences.length > 0 && (
        <Part title={t.sequence}>
          {sequences.map((one) => (
            <SequenceOf {...{ locale, kata, one }} />
          ))}
        </Part>
      )}
      {compared && compared.length > 0 ? (
        <Part title={t.compared}>
          <Comparison {...{ locale, compared, curveOf }} />
        </Part>
      ) : (
        rows.some(({ latency }) => latency) && (
          <Part title={t.latencies}>
            <Curves
              {...{ locale, title: compareTexts[locale].latencyAxis }}
              sides={rows.map((row) => curveSideOf(kata, rows, row, curveOf))}
            />
          </Part>
        )
      )}
      <Part title={t.judged}>
        <Rules {...props} />
      </Part>
      <Part title={t.conditions}>
        <Conditions {...{ locale, record }} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface HeadProps {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly record: RunRecord;
  readonly rows: readonly RunRow[];
}

const tones = {
  'as-expected': 'good',
  violated: 'bad',
  inconclusive: 'warn',
  error: 'bad',
  interrupted: 'warn',
} as const;

const outcomeMarks = {
  'as-expected': verdictMarks.holds,
  violated: verdictMarks.violated,
  inconclusive: verdictMarks.inconclusive,
  error: verdictMarks.error,
  interrupted: '…',
} as const;

function RunHead({ locale, kata, record, rows }: HeadProps) {
  const t = pageTexts[locale];
  const { outcome, cases } = record;
  const counts = new Map<Verdict, number>();
  for (const { verdict } of cases) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const strategies = [...new Set(rows.map(({ first }) => first.strategy))];
  return (
    <header>
      <p class="kicker">{whenOf(record)}</p>
      <h1>{headOf(locale, kata)}</h1>
      <p class="lead">{kata.conditions(cases[0]?.options ?? {})[locale]}</p>
      <p class={`outcome ${tones[outcome]}`}>
        <span class="mark" aria-hidden="true">
          {outcomeMarks[outcome]}
        </span>
        <span>
          <strong>{t.outcome[outcome]}</strong>
          <br />
          {[...counts].map(([verdict, n]) => t.tally[verdict](n)).join(', ')}
        </span>
      </p>
      {strategies.length > 1 && <Strategies {...{ locale, kata, strategies }} />}
    </header>
  );
}

/** What each strategy does, and of a cure what it costs. */
function Strategies({
  locale,
  kata,
  strategies,
}: {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly strategies: readonly string[];
}) {
  const told = strategies.flatMap((name) => {
    const does = kata.strategies[name];
    return does ? [{ name, does: does[locale], costs: kata.costs?.[name]?.[locale] }] : [];
  });
  return (
    <dl class="strategies">
      {told.map(({ name, does, costs }) => (
        <div>
          <dt>{name}</dt>
          <dd>
            {does}
            {costs !== undefined && <small>{costs}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Notes({ locale, kata, rows }: Omit<HeadProps, 'record'>) {
  const notes = loadNotes(locale, kata, rows);
  if (rows.some(({ generatorBound }) => generatorBound > 0))
    notes.unshift(runTexts[locale].generatorBoundNote);
  return (
    <>
      {notes.map((note) => (
        <p class="soft">{note.trim()}</p>
      ))}
    </>
  );
}
