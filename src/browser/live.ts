import { columnsPath } from '../report/html/drawing.js';
import type { LiveState } from '../report/html/ui/live-state.js';

/** Keeps the page of a run under way as it is: what comes is text, and stays text. */

interface Words {
  readonly status: Readonly<Record<LiveState['status'], string>>;
  readonly lost: string;
  readonly gone: string;
}

const root = document.getElementById('live');
if (root) follow(root);

function follow(live: HTMLElement): void {
  const words = JSON.parse(live.dataset['words'] ?? '{}') as Words;
  const place = (name: string): Element | null => live.querySelector(`[data-live="${name}"]`);
  const say = (name: string, text: string): void => {
    const element = place(name);
    if (element && element.textContent !== text) element.textContent = text;
  };
  const source = new EventSource(live.dataset['events'] ?? '');
  source.addEventListener('state', ({ data }: MessageEvent<string>) => {
    const state = JSON.parse(data) as LiveState;
    show(state, { live, place, say, words });
    if (state.status !== 'running') source.close();
  });
  source.addEventListener('error', () => {
    // Of a server that is there and knows nothing of this run, the browser asks no more.
    say('status', source.readyState === EventSource.CLOSED ? words.gone : words.lost);
  });
}

interface Shown {
  readonly live: HTMLElement;
  readonly place: (name: string) => Element | null;
  readonly say: (name: string, text: string) => void;
  readonly words: Words;
}

function show(state: LiveState, { live, place, say, words }: Shown): void {
  const isOver = state.status !== 'running';
  say('status', words.status[state.status]);
  say('answers', String(state.answers));
  say('rate', lastOf(state.perSecond));
  say('p95', lastOf(state.p95));
  say('elapsed', (state.elapsedMs / 1000).toFixed(0));
  say('act', state.act);
  say('log', state.log);
  draw('rate-curve', state.perSecond);
  draw('p95-curve', state.p95);
  place('lines')?.replaceChildren(...state.lines.map(lineOf));
  hide('stop', isOver);
  hide('over', !isOver);
  const run = place('run');
  if (run instanceof HTMLAnchorElement && state.run !== null) {
    run.href = `${live.dataset['run'] ?? ''}${state.run}`;
    run.hidden = false;
  }

  function draw(name: string, values: readonly number[]): void {
    const most = Math.max(0, ...values);
    place(name)?.setAttribute('d', columnsPath(values, Math.max(1, most)));
    say(`${name}-most`, most > 0 ? `≤ ${Math.round(most)}` : '');
  }

  function hide(name: string, is: boolean): void {
    const element = place(name);
    if (element instanceof HTMLElement) element.hidden = is;
  }
}

function lastOf(values: readonly number[]): string {
  const last = values.findLast((value) => value > 0);
  return last === undefined ? '–' : String(Math.round(last));
}

function lineOf(text: string): HTMLLIElement {
  const line = document.createElement('li');
  line.textContent = text;
  return line;
}
