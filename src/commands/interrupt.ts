import { exitCodes, PlanError } from '../base/errors.js';
import { runTexts } from '../i18n/run.js';
import { texts } from '../i18n/text.js';
import { onTerminalLost } from '../report/terminal/output.js';

/**
 * A signal that Ctrl-C, a closed terminal or `kill` aborts, so that whatever runs is stopped in
 * order. A second Ctrl-C ends the program at once; the next `plan` ends what is then left.
 */
export function interruptible(): Interruptible {
  const controller = new AbortController();
  const t = texts(runTexts);
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(
      new PlanError({
        code: 'interrupted',
        exit: exitCodes.interrupted,
        what: t.interrupted,
      }),
    );
  };
  for (const name of signals) process.on(name, interrupt);
  // A closed terminal says so by SIGHUP, and by every write: that is one interrupt.
  const forget = onTerminalLost(() => {
    if (!controller.signal.aborted) interrupt();
  });
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, interrupt);
      forget();
    },
  };
}

export interface Interruptible {
  readonly signal: AbortSignal;
  /** Signals do again what they did before: for what follows the run. */
  release(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
