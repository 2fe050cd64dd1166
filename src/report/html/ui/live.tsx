import { uiTexts } from '../../../i18n/ui.js';
import { columnsPath } from '../drawing.js';
import type { LiveState } from './live-state.js';
import { linkTo, served, type Place } from './shell.js';

interface LivePage {
  /** `plan run kata-4 --isolation serializable` */
  readonly typed: string;
  readonly kata: string;
  readonly id: string;
  readonly state: LiveState;
  /** It is shown in place of one that was asked for. */
  readonly isBusy: boolean;
}

/** A run while it goes on. What is filled in by the script has its place by `data-live`. */
export function livePage(place: Place, { typed, kata, id, state, isBusy }: LivePage): string {
  const t = uiTexts[place.locale];
  const isOver = state.status !== 'running';
  const words = JSON.stringify({ status: t.status, lost: t.lost, gone: t.gone });
  return served(
    place,
    t.live,
    <div
      id="live"
      data-events={linkTo(place, `live/${id}/events`)}
      data-run={linkTo(place, 'runs/')}
      data-words={words}
    >
      <p class="kicker">
        <code>{typed}</code>
      </p>
      <h1>{t.live}</h1>
      {isBusy && <p class="warn">{t.busy}</p>}
      <p class="outcome warn">
        <span role="status" data-live="status">
          {t.status[state.status]}
        </span>
      </p>
      <p>
        <a class="button" data-live="run" href={runLink(place, state)} hidden={state.run === null}>
          {t.toRun}
        </a>
      </p>
      <form
        method="post"
        action={linkTo(place, `live/${id}/stop`)}
        data-live="stop"
        hidden={isOver}
      >
        <button>{t.stop}</button>
      </form>
      <p data-live="over" hidden={!isOver}>
        <a href={linkTo(place, `katas/${kata}`)}>{t.again}</a>
      </p>
      <ul class="numbers">
        {number(t.answers, 'answers', String(state.answers))}
        {number(t.perSecond, 'rate', '–')}
        {number(t.p95, 'p95', '–')}
        {number(t.elapsed, 'elapsed', (state.elapsedMs / 1000).toFixed(0))}
      </ul>
      <section>
        <h2>{t.overTime}</h2>
        {curve(t.perSecond, 'rate-curve', state.perSecond)}
        {curve(t.p95, 'p95-curve', state.p95)}
      </section>
      <section>
        <h2>{t.progress}</h2>
        <p data-live="act">{state.act}</p>
        <ol class="lines-of" data-live="lines">
          {state.lines.map((line) => (
            <li>{line}</li>
          ))}
        </ol>
      </section>
      <section>
        <h2>{t.log}</h2>
        <pre class="log" role="region" tabindex={0} aria-label={t.log} data-live="log">
          {state.log}
        </pre>
      </section>
    </div>,
    'live.js',
  );
}

const runLink = (place: Place, { run }: LiveState): string => linkTo(place, `runs/${run ?? ''}`);

const number = (name: string, field: string, value: string) => (
  <li>
    <b data-live={field}>{value}</b> {name}
  </li>
);

const curve = (name: string, field: string, values: readonly number[]) => (
  <div class="track">
    <span class="name">{name}</span>
    <svg class="levels" viewBox="0 0 120 100" preserveAspectRatio="none" aria-hidden="true">
      <path data-live={field} d={columnsPath(values, Math.max(1, ...values))} />
    </svg>
    <span class="note" data-live={`${field}-most`}></span>
  </div>
);
