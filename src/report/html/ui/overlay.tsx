import { compareTexts } from '../../../i18n/compare.js';
import { pageTexts } from '../../../i18n/page.js';
import { uiTexts } from '../../../i18n/ui.js';
import type { Kata } from '../../../kata/define.js';
import type { RunRecord } from '../../../kata/run-record.js';
import type { CurveSide } from '../../view/curves.js';
import { commandOf, whenOf } from '../../view/environment.js';
import { foreignRecord } from '../../view/foreign.js';
import { headOf } from '../../view/head.js';
import { Curves } from '../curves.js';
import { linkTo, served, type Place } from './shell.js';

export interface OverlayView {
  /** Those that can be chosen. */
  readonly runs: readonly OverlayRun[];
  /** Those that were, by `kata-4/2026-11-24T10-15-02Z`. */
  readonly wanted: readonly string[];
  /** Of them: what can be drawn, and what is. */
  readonly cases: readonly OverlayCase[];
  readonly shown: readonly OverlayCase[];
}

export interface OverlayRun {
  readonly kata: Kata;
  readonly run: string;
  readonly record: RunRecord;
}

export interface OverlayCase {
  /** `kata-4/2026-11-24T10-15-02Z/naive-node` */
  readonly id: string;
  readonly run: string;
  readonly kata: Kata;
  readonly record: RunRecord;
  readonly side: CurveSide;
}

/** Latencies of two runs in one picture. */
export function overlayPage(place: Place, view: OverlayView): string {
  const { locale } = place;
  const t = uiTexts[locale];
  const { cases, shown, wanted } = view;
  const nothing = wanted.length === 0 ? t.chooseRuns : t.noCurves;
  return served(
    place,
    t.overlayTitle,
    <>
      <h1>{t.overlayTitle}</h1>
      <p>{t.overlayHelp}</p>
      <Choice {...{ place, view }} />
      {cases.length === 0 ? (
        <p role="status">{nothing}</p>
      ) : (
        <section>
          <h2>{pageTexts[locale].latencies}</h2>
          <Curves
            {...{ locale, title: compareTexts[locale].latencyAxis }}
            sides={shown.map((one) => ({ ...one.side, label: labelOf(place, view, one) }))}
          />
        </section>
      )}
    </>,
  );
}

function Choice({ place, view }: { readonly place: Place; readonly view: OverlayView }) {
  const t = uiTexts[place.locale];
  const { cases, shown } = view;
  return (
    <form class="filter" method="get" action={linkTo(place, 'curves')}>
      {[t.firstRun, t.secondRun].map((label, at) => (
        <label>
          {label}
          <br />
          <select name="run">
            <option value="">{t.noRun}</option>
            {view.runs.map(({ kata, run, record }) => (
              <option value={run} selected={view.wanted[at] === run}>
                {headOf(place.locale, kata)} · {whenOf(record)} · {foreignRecord(commandOf(record))}
              </option>
            ))}
          </select>
        </label>
      ))}
      {cases.length > 0 && (
        <fieldset>
          <legend>{t.curvesOf}</legend>
          {cases.map((one) => (
            <label>
              <input type="checkbox" name="case" value={one.id} checked={shown.includes(one)} />{' '}
              {labelOf(place, view, one)}
            </label>
          ))}
        </fieldset>
      )}
      <button>{t.lay}</button>
    </form>
  );
}

/** With what tells the runs apart: the kata where they are of two, else the time. */
function labelOf({ locale }: Place, { cases }: OverlayView, one: OverlayCase): string {
  const runs = new Set(cases.map(({ run }) => run));
  const katas = new Set(cases.map(({ kata }) => kata.id));
  const own = foreignRecord(one.side.label);
  if (runs.size < 2) return own;
  return katas.size > 1 ? `${headOf(locale, one.kata)}: ${own}` : `${whenOf(one.record)}: ${own}`;
}
