import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { typed } from '../base/words.js';
import { replayTexts } from '../i18n/replay.js';
import { texts } from '../i18n/text.js';
import type { KataOnDisk } from '../kata/discover.js';
import { ratesOf } from '../kata/replay.js';
import type { RunRecord } from '../kata/run-record.js';
import { replayRun, type Replay } from '../lab/run/replay.js';
import { shareServices } from '../services/index.js';
import { readRun } from '../lab/archive/folder.js';
import { findRoot } from '../plan/root.js';
import { replayJson, reportReplay } from '../report/replay.js';
import { progressOf } from '../report/run-progress.js';
import { interruptible } from './interrupt.js';
import { kataOfRun } from './kata-of-run.js';
import { integerOf } from './run-options.js';

interface Options {
  times?: string;
  json?: boolean;
  /** Where a kata from outside is now. */
  kata?: string;
}

/**
 * `plan replay RUN`: the same options, seed and schedule again, and how often each outcome came
 * back. What it comes to changes no progress.
 */
export async function replay(where: string, options: Options): Promise<ExitCode> {
  const times = integerOf('times', options.times ?? '5', 1, 1000);
  const run = await readRun(where);
  const { record } = run;
  if (record.cases.length === 0) throw nothingToReplay(record);
  const found = await kataOfRun('replay', where, run, options.kata);
  const interrupt = interruptible();
  const done = await repeat(found, record, { times, json: options.json === true, interrupt });
  const rates = ratesOf(record, done.rounds);
  if (options.json === true) replayJson(record, done, rates);
  else reportReplay(found.kata, record, done, rates);
  interrupt.signal.throwIfAborted();
  return exitCodes.ok;
}

interface Asked {
  readonly times: number;
  readonly json: boolean;
  readonly interrupt: ReturnType<typeof interruptible>;
}

/** On services that are started once. */
async function repeat(
  found: KataOnDisk,
  record: RunRecord,
  { times, json, interrupt }: Asked,
): Promise<Replay> {
  const { signal } = interrupt;
  const kept = shareServices(signal);
  const progress = progressOf(json);
  const cwd = process.cwd();
  const context = {
    ...{ cwd, signal, env: process.env, version: PLAN_VERSION, command: record.command },
    root: findRoot(cwd) ?? cwd,
    provider: undefined,
    services: kept.start,
    ...progress,
  };
  try {
    return await replayRun(found, record, times, context, (round) =>
      progress.onProgress(texts(replayTexts).round(round, times)),
    );
  } finally {
    await kept.stop();
    progress.done();
    interrupt.release();
  }
}

function nothingToReplay({ command }: RunRecord): PlanError {
  return new PlanError({
    code: 'cannot-replay',
    exit: exitCodes.usage,
    what: texts(replayTexts).noCases,
    mend: `plan ${typed(command)}`,
  });
}
