import { findRoot } from '../plan/root.js';
import type { ProviderName } from '../kata/run-record.js';
import type { RunContext } from '../lab/run/run.js';
import { progressOf } from '../report/terminal/run-progress.js';
import { shareServices } from '../services/index.js';
import { interruptible } from './interrupt.js';
import { getLocale } from '../i18n/text.js';

export interface Around {
  /** As typed after `plan`. */
  readonly command: readonly string[];
  /** The learner's, or where results go without one; left out, that of the folder we are in. */
  readonly root?: string | undefined;
  /** `--services` */
  readonly provider?: ProviderName | undefined;
  /** What is told goes to machines alone. */
  readonly json: boolean;
  /** There are several runs, on services that are started once; else a run has its own. */
  readonly isLong?: boolean;
  /** How long it took before, in milliseconds. */
  readonly expectedMs?: number | undefined;
}

/** With what a command runs experiments. */
export interface Session extends RunContext {
  /** Takes the line of progress away, before something else is told. */
  readonly done: () => void;
}

/**
 * What every command that runs experiments does around them: says where it is and what is happening,
 * stops in order on Ctrl-C, and at its end stops what it has started. Signals then do again what they
 * did before.
 * @throws what `work` throws; an interrupt is in its `signal`
 */
export async function inSession<T>(
  { command, root, provider, json, isLong = false, expectedMs }: Around,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const interrupt = interruptible();
  const { signal } = interrupt;
  const shared = shareServices(signal);
  const progress = progressOf(getLocale(), json, expectedMs);
  const cwd = process.cwd();
  const here = { root: root ?? findRoot(cwd) ?? cwd, cwd, env: process.env };
  const services = isLong ? shared.start : undefined;
  const asked = { command, provider, version: PLAN_VERSION, signal, services };
  try {
    return await work({ ...here, ...asked, ...progress });
  } finally {
    await shared.stop();
    progress.done();
    interrupt.release();
  }
}
