import { formatMs } from '../../base/units.js';
import { chartTexts } from '../../i18n/chart.js';
import { pageTexts } from '../../i18n/page.js';
import { timelineTexts } from '../../i18n/timeline.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord, Timeline } from '../../kata/run-record.js';
import type { LevelTrack, StateTrack, Track } from '../../kata/tracks.js';
import { nameOf, type RunRow } from '../view/rows.js';
import { faultName } from '../view/timeline.js';
import { Axis, Levels, Spans } from './levels.js';

interface Props {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly rows: readonly RunRow[];
}

/** Charts of a run's cases on one scale; of repetitions, the first. */
export function Charts({ locale, kata, rows }: Props) {
  const drawn = rows.flatMap(({ first }) => (first.chart ? [{ first, chart: first.chart }] : []));
  const [one] = drawn;
  if (!one) return null;
  const most = (counts: readonly number[]): number => Math.max(0, ...counts);
  const scale = Math.max(1, ...drawn.map(({ chart }) => most(chart.counts)));
  const longest = Math.max(...drawn.map(({ chart }) => chart.counts.length));
  return (
    <figure class="over-time">
      <figcaption>
        <h3>{one.chart.title[locale]}</h3>
        <p>{pageTexts[locale].stepOf(formatMs(one.chart.stepMs))}</p>
      </figcaption>
      {drawn.map(({ first, chart: { counts, span } }) => (
        <>
          <Levels
            {...{ name: nameOf(kata, first), levels: padded(counts, longest), scale }}
            note={chartTexts[locale].atMost(most(counts))}
          />
          {span && (
            <Spans
              name={span.name[locale]}
              spans={[{ from: span.from / longest, to: (span.to + 1) / longest, kind: 'span' }]}
            />
          )}
        </>
      ))}
      <Axis totalMs={longest * one.chart.stepMs} />
    </figure>
  );
}

const padded = (counts: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, at) => counts[at] ?? 0);

const isLevel = (row: Track): row is LevelTrack => 'levels' in row;

/** What went on in each case, rows of one name on one scale. */
export function TracksOf({ locale, kata, rows }: Props) {
  const drawn = rows.flatMap(({ first }) =>
    first.tracks ? [{ first, tracks: first.tracks }] : [],
  );
  const scales = new Map<string, number>();
  for (const row of drawn.flatMap(({ tracks }) => tracks.rows).filter(isLevel))
    scales.set(row.name.en, Math.max(scales.get(row.name.en) ?? 1, ...row.levels));
  return (
    <>
      {drawn.map(({ first, tracks: { title, stepMs, rows: all, phases } }) => {
        const steps = Math.max(1, ...all.map((row) => stepsOf(row).length));
        return (
          <figure class="over-time">
            <figcaption>
              <h3>{nameOf(kata, first)}</h3>
              <p>
                {title[locale]}, {pageTexts[locale].stepOf(formatMs(stepMs))}
              </p>
            </figcaption>
            {all.map((row) =>
              isLevel(row) ? (
                <Levels
                  {...{ name: row.name[locale], levels: row.levels }}
                  scale={scales.get(row.name.en) ?? 1}
                  note={levelNote(locale, row)}
                />
              ) : (
                <States {...{ locale, row }} />
              ),
            )}
            <Axis
              totalMs={steps * stepMs}
              phases={phases.map(({ name, from }) => ({ name: name[locale], from: from / steps }))}
            />
          </figure>
        );
      })}
    </>
  );
}

const stepsOf = (row: Track): readonly number[] => (isLevel(row) ? row.levels : row.states);

function levelNote(locale: Locale, { levels, unit }: LevelTrack): string {
  return chartTexts[locale].atMost(Math.round(Math.max(0, ...levels)), unit);
}

/** The further up in the legend, the higher it is drawn: no state is told by colour alone. */
function States({ locale, row }: { readonly locale: Locale; readonly row: StateTrack }) {
  const { name, states, legend } = row;
  return (
    <>
      <Levels
        {...{ name: name[locale], levels: states.map((state) => state + 1), tone: 'states' }}
        scale={legend.length}
        note=""
      />
      <p class="legend">
        {legend.map((one, at) => (
          <span>
            <b aria-hidden="true">{one.sign}</b> {at + 1}: {one.name[locale]}
          </span>
        ))}
      </p>
    </>
  );
}

/** When faults began and ended, and what was answered meanwhile. */
export function TimelineOf({
  locale,
  kata,
  one,
}: {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly one: CaseRecord;
}) {
  const { timeline } = one;
  if (timeline === undefined) return null;
  const t = timelineTexts[locale];
  const { answered, unanswered, slots, slotMs } = timeline;
  const highest = Math.max(1, ...(answered ?? []), ...(unanswered ?? []));
  return (
    <figure class="over-time">
      <figcaption>
        <h3>{nameOf(kata, one)}</h3>
        <p>{pageTexts[locale].stepOf(formatMs(slotMs))}</p>
      </figcaption>
      {[...lanesOf(locale, timeline)].map(([name, spans]) => (
        <Spans {...{ name, spans }} />
      ))}
      {answered && (
        <Levels
          {...{ name: t.answered, levels: answered, scale: highest }}
          note={t.atMost(Math.max(0, ...answered))}
        />
      )}
      {unanswered && (
        <Levels
          {...{ name: t.unanswered, levels: unanswered, scale: highest, tone: 'bad' }}
          note={t.atMost(Math.max(0, ...unanswered))}
        />
      )}
      <Axis totalMs={slots * slotMs} />
    </figure>
  );
}

/** So many have a lane of their own. */
const mostLanes = 12;

function lanesOf(locale: Locale, { faults, fromMs, slots, slotMs }: Timeline) {
  const lanes = new Map<string, { from: number; to: number; kind: string }[]>();
  const share = (ms: number): number => Math.min(1, Math.max(0, (ms - fromMs) / (slots * slotMs)));
  for (const fault of faults) {
    const { what, fromMs: from, untilMs } = fault;
    const name = faultName(locale, fault);
    const lane = lanes.get(name) ?? [];
    if (lanes.size >= mostLanes && lane.length === 0) continue;
    const kind = what === 'killed' ? 'dead' : 'fault';
    lane.push({ from: share(from), to: untilMs === null ? 1 : share(untilMs), kind });
    lanes.set(name, lane);
  }
  return lanes;
}
