import { traceTexts } from '../../../i18n/trace.js';
import { uiTexts } from '../../../i18n/ui.js';
import type { Locale } from '../../../i18n/text.js';
import type { Kata } from '../../../kata/define.js';
import type { Thread } from '../../../kata/trace/index.js';
import { foreignRecord } from '../../view/foreign.js';
import { headOf } from '../../view/head.js';
import { firstWords, gapWords, shownMs, totalOf } from '../../view/trace.js';
import { percent } from '../drawing.js';
import { linkTo, served, type Place } from './shell.js';

export interface TraceView {
  readonly kata: Kata;
  readonly run: string;
  /** What was asked for; empty for the slowest. */
  readonly id: string;
  readonly found: { readonly slug: string; readonly thread: Thread } | undefined;
  readonly lines: readonly { readonly role: string; readonly text: string }[];
}

const mostLines = 40;

/** One request from its client to the last row. */
export function tracePage(place: Place, view: TraceView): string {
  const { locale } = place;
  const t = uiTexts[locale];
  const { kata, run, id } = view;
  const [found, lines] = foreignRecord([view.found, view.lines] as const);
  return served(
    place,
    t.trace,
    <>
      <p class="kicker">
        <a href={linkTo(place, `runs/${run}`)}>{headOf(locale, kata)}</a>
      </p>
      <h1>{t.trace}</h1>
      <form class="filter" method="get" action={linkTo(place, `runs/${run}/trace`)}>
        <label>
          {t.traceId}
          <br />
          <input name="id" value={id} autocomplete="off" />
        </label>
        <button>{t.draw}</button>
      </form>
      {found === undefined ? (
        <p>{traceTexts[locale].unknown(id, run)}</p>
      ) : (
        <section>
          <h2>{found.slug}</h2>
          <p>
            <b>{found.thread.names.slice(0, 4).join(' · ')}</b> {totalOf(locale, found.thread)}
          </p>
          {found.thread.afterFirst && <p class="warn">{firstWords(locale, found.thread)}</p>}
          <Waterfall {...{ locale, thread: found.thread }} />
          <Gaps {...{ locale, thread: found.thread }} />
          {lines.length > 0 && (
            <>
              <h3>{traceTexts[locale].lines}</h3>
              <pre tabindex={0}>
                {lines
                  .slice(0, mostLines)
                  .map(({ role, text }) => `${role === '' ? '' : `${role}: `}${text}`)
                  .join('\n')}
              </pre>
            </>
          )}
        </section>
      )}
    </>,
  );
}

interface ThreadProps {
  readonly locale: Locale;
  readonly thread: Thread;
}

function Waterfall({ locale, thread: { spans, totalMs } }: ThreadProps) {
  const whole = Math.max(totalMs, 0.001);
  return (
    <ol class="spans-of">
      {spans.map(({ service, name, depth, isLinked, status, startMs, ms }) => (
        <li class={`track deep-${Math.min(depth, 6)}`}>
          <span class={`name ${status === 'error' ? 'bad' : ''}`}>
            {status === 'error' ? '✘ ' : ''}
            {service}: {name} {isLinked && <small>({traceTexts[locale].linked})</small>}
          </span>
          <svg class="spans" aria-hidden="true">
            <rect
              class={status === 'error' ? 'dead' : 'ok'}
              x={percent(Math.min(0.995, startMs / whole))}
              y="4"
              width={percent(Math.max(0.004, ms / whole))}
              height="12"
            />
          </svg>
          <span class="note">{shownMs(ms)}</span>
        </li>
      ))}
    </ol>
  );
}

function Gaps({ locale, thread: { gaps } }: ThreadProps) {
  if (gaps.length === 0) return null;
  return (
    <>
      <h3>{traceTexts[locale].gaps}</h3>
      <ul class="rules">
        {gaps.map((gap) => (
          <li class="bad">✘ {gapWords(locale, gap)}</li>
        ))}
      </ul>
    </>
  );
}
