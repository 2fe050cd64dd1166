import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { ActNote } from '../../kata/acts.js';
import type { HistoryEvent } from '../../kata/history.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { drawProgress, printProgress } from './output.js';
import { style } from './style.js';
import { foreignLine } from '../view/foreign.js';
import { followStanding, type CaseBegun } from '../view/standing.js';
import { timeLeft } from '../view/time-left.js';

export interface RunProgress {
  readonly onProgress: (text: string) => void;
  /** Stays on the screen. */
  readonly onNotice: (text: string) => void;
  readonly onCase: (done: CaseRecord, of: number) => void;
  readonly onCaseBegins: (begun: CaseBegun) => void;
  /** Listens to the history as it happens. */
  readonly onEvent: (event: HistoryEvent) => void;
  /** Takes the line of progress away, until there is something new. */
  readonly done: () => void;
}

/**
 * What is happening, on stderr: one line that changes on a terminal, else a line an event.
 * @param expectedMs how long such a run took before
 */
export function progressOf(locale: Locale, quiet: boolean, expectedMs?: number): RunProgress {
  if (drawsProgress()) return live(locale, expectedMs);
  const standing = standings(locale);
  const t = runTexts[locale];
  return {
    onProgress: printProgress,
    onNotice: printProgress,
    onCase: ({ slug, verdict }) => {
      if (!quiet) printProgress(`  ${slug}: ${t[verdict]}`);
    },
    onCaseBegins: standing.begin,
    onEvent: (event) => {
      const told = standing.toldOf(event);
      if (!quiet && told !== undefined) printProgress(told);
    },
    done: () => undefined,
  };
}

/** Of all cases that have begun. */
function standings(locale: Locale) {
  const all: ReturnType<typeof followStanding>[] = [];
  return {
    begin: (begun: CaseBegun): void => {
      all.push(followStanding(locale, begun));
    },
    toldOf: (event: HistoryEvent): string | undefined => {
      const told = all.flatMap((follow) => follow(event) ?? [])[0];
      return told === undefined ? undefined : foreignLine(told);
    },
  };
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** What the case under way has come to so far. */
interface Seen {
  readonly act: string;
  readonly answers: number;
}

const nothing: Seen = { act: '', answers: 0 };

function withEvent({ act, answers }: Seen, event: HistoryEvent): Seen {
  if (event.type !== 'note') return { act, answers: answers + (event.type === 'invoke' ? 0 : 1) };
  return event.f === 'act-began'
    ? { act: (event.value as ActNote).act, answers }
    : { act, answers };
}

function toldOf(locale: Locale, { act, answers }: Seen): string {
  const parts = [act, ...(answers > 0 ? [runTexts[locale].answers(answers)] : [])];
  return parts.flatMap((part) => (part === '' ? [] : `  ·  ${foreignLine(part)}`)).join('');
}

/** True where one line changes in its place. */
export function drawsProgress(): boolean {
  return process.stderr.isTTY;
}

/** ` ████░░░░░░░░ about 12 s left`; nothing where no such run is known. */
function barOf(locale: Locale, began: number, expectedMs: number | undefined): string {
  if (expectedMs === undefined || expectedMs < barFrom) return '';
  const { filled, seconds } = timeLeft(performance.now() - began, expectedMs, barWidth);
  const t = runTexts[locale];
  const told = seconds === undefined ? t.longerThanBefore : t.secondsLeft(seconds);
  return ` ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${told}`;
}

const barWidth = 12;
/** What takes less needs none. Milliseconds. */
const barFrom = 3_000;

function live(locale: Locale, expectedMs: number | undefined): RunProgress {
  const began = performance.now();
  let text = '';
  let seen = nothing;
  let frame = 0;
  const draw = (): void => {
    if (text === '') return;
    const bar = barOf(locale, began, expectedMs);
    const room = Math.max(10, (process.stderr.columns || 80) - 3 - bar.length);
    frame = (frame + 1) % frames.length;
    drawProgress(
      `${style.cyan(frames[frame] ?? '')}${style.dim(bar)} ${(text + toldOf(locale, seen)).slice(0, room)}`,
    );
  };
  let timer: NodeJS.Timeout | undefined;
  const standing = standings(locale);
  const tell = (line: string): void => {
    drawProgress();
    printProgress(line);
    draw();
  };
  return {
    onProgress: (now) => {
      timer ??= setInterval(draw, 100).unref();
      text = foreignLine(now);
      seen = nothing;
      draw();
    },
    // Drawn with the next frame: an experiment waits for no terminal.
    onEvent: (event) => {
      seen = withEvent(seen, event);
      const told = standing.toldOf(event);
      if (told !== undefined) tell(style.dim(told));
    },
    onCaseBegins: standing.begin,
    onNotice: (notice) => tell(`${style.yellow('!')} ${notice}`),
    onCase: () => undefined,
    done: () => {
      clearInterval(timer);
      [timer, text] = [undefined, ''];
      drawProgress();
    },
  };
}
