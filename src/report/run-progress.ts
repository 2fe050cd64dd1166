import { runTexts } from '../i18n/run.js';
import { texts } from '../i18n/text.js';
import type { CaseRecord } from '../kata/run-record.js';
import { drawProgress, printProgress } from './output.js';
import { style } from './style.js';
import { foreignLine } from './view/foreign.js';

export interface RunProgress {
  readonly onProgress: (text: string) => void;
  /** Stays on the screen. */
  readonly onNotice: (text: string) => void;
  readonly onCase: (done: CaseRecord, of: number) => void;
  /** Takes the line of progress away again. */
  readonly done: () => void;
}

/** What is happening, on stderr: one line that changes on a terminal, else a line an event. */
export function progressOf(quiet: boolean): RunProgress {
  if (process.stderr.isTTY) return live();
  const t = texts(runTexts);
  return {
    onProgress: printProgress,
    onNotice: printProgress,
    onCase: ({ slug, verdict }) => {
      if (!quiet) printProgress(`  ${slug}: ${t[verdict]}`);
    },
    done: () => undefined,
  };
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

function live(): RunProgress {
  let text = '';
  let frame = 0;
  const draw = (): void => {
    if (text === '') return;
    const room = Math.max(10, (process.stderr.columns || 80) - 3);
    frame = (frame + 1) % frames.length;
    drawProgress(`${style.cyan(frames[frame] ?? '')} ${text.slice(0, room)}`);
  };
  const timer = setInterval(draw, 100);
  timer.unref();
  return {
    onProgress: (now) => {
      text = foreignLine(now);
      draw();
    },
    onNotice: (notice) => {
      drawProgress();
      printProgress(`${style.yellow('!')} ${notice}`);
      draw();
    },
    onCase: () => undefined,
    done: () => {
      clearInterval(timer);
      drawProgress();
    },
  };
}
