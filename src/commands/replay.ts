import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { typed } from '../base/words.js';
import { replayTexts } from '../i18n/replay.js';
import { getLocale, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import { ratesOf } from '../kata/replay.js';
import type { RunRecord } from '../kata/run-record.js';
import { replayRun } from '../lab/run/replay.js';
import { readRun } from '../lab/archive/folder.js';
import { replayJson, reportReplay } from '../report/terminal/replay.js';
import { kataOfRun } from './kata-of-run.js';
import { integerOf } from './option-values.js';
import { leavePage } from './run-page.js';
import { findRoot } from '../plan/root.js';
import { inSession } from './session.js';

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
  const around = { command: record.command, json: options.json === true, isLong: true };
  const { done, ended } = await inSession(around, async (session) => {
    const onRound = (round: number) => session.onProgress(texts(replayTexts).round(round, times));
    return {
      done: await replayRun(found, record, times, session, onRound),
      ended: session.signal,
    };
  });
  await leavePages(found.kata, done.rounds);
  const rates = ratesOf(record, done.rounds);
  if (options.json === true) replayJson(record, done, rates);
  else reportReplay(getLocale(), found.kata, record, done, rates);
  ended.throwIfAborted();
  return exitCodes.ok;
}

/** Each round is a run like any other. */
async function leavePages(kata: Kata, rounds: readonly RunRecord[]): Promise<void> {
  const root = findRoot(process.cwd()) ?? process.cwd();
  for (const record of rounds) await leavePage(root, { kata, record });
}

function nothingToReplay({ command }: RunRecord): PlanError {
  return new PlanError({
    code: 'cannot-replay',
    exit: exitCodes.usage,
    what: texts(replayTexts).noCases,
    mend: `plan ${typed(command)}`,
  });
}
