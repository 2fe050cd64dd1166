import chalk from 'chalk';
import { runTexts } from '../i18n/run.js';
import { texts } from '../i18n/text.js';
import type { CaseRecord } from '../kata/run-record.js';

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
  const { stderr } = process;
  if (stderr.isTTY) return live(stderr);
  const t = texts(runTexts);
  return {
    onProgress: (text) => stderr.write(`${text}\n`),
    onNotice: (text) => stderr.write(`${text}\n`),
    onCase: ({ slug, verdict }) => {
      if (!quiet) stderr.write(`  ${slug}: ${t[verdict]}\n`);
    },
    done: () => undefined,
  };
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

function live(stderr: NodeJS.WriteStream): RunProgress {
  let text = '';
  let frame = 0;
  const draw = (): void => {
    if (text === '') return;
    const room = Math.max(10, (stderr.columns || 80) - 3);
    frame = (frame + 1) % frames.length;
    stderr.write(`\r\x1b[K${chalk.cyan(frames[frame])} ${text.slice(0, room)}`);
  };
  const timer = setInterval(draw, 100);
  timer.unref();
  return {
    onProgress: (now) => {
      text = now;
      draw();
    },
    onNotice: (notice) => {
      stderr.write(`\r\x1b[K${chalk.yellow('!')} ${notice}\n`);
      draw();
    },
    onCase: () => undefined,
    done: () => {
      clearInterval(timer);
      stderr.write('\r\x1b[K');
    },
  };
}
