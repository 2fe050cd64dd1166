import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { runTexts } from '../i18n/run.js';
import { texts } from '../i18n/text.js';
import { findKata } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { exitOf } from '../lab/outcome.js';
import { runKata } from '../lab/run.js';
import { isDone, itemOf, recordRun } from '../plan/progress.js';
import { findRoot } from '../plan/root.js';
import { print, printJson } from '../report/output.js';
import { progressOf } from '../report/run-progress.js';
import { reportRun } from '../report/run.js';
import { interruptible } from './interrupt.js';
import { parseRunOptions, runHelp } from './run-options.js';

/** `plan run <kata> [options]`: the options depend on the kata, so they are parsed here. */
export async function run(
  kataId: string | undefined,
  _options: unknown,
  command: { args: string[] },
): Promise<ExitCode> {
  const words = command.args.slice(kataId === undefined ? 0 : 1);
  if (kataId === undefined || kataId.startsWith('-')) return needsKata();
  const found = await findKata(kataId);
  if (words.includes('--help') || words.includes('-h')) {
    print(runHelp(found.kata));
    return exitCodes.ok;
  }
  const { provider, json, ...request } = parseRunOptions(found.kata, words);
  const root = findRoot(process.cwd());
  const progress = progressOf(json);
  const interrupt = interruptible();
  const record = await runKata(found, request, {
    root: root ?? process.cwd(),
    cwd: process.cwd(),
    env: process.env,
    provider,
    command: ['run', kataId, ...words],
    version: PLAN_VERSION,
    signal: interrupt.signal,
    ...progress,
  }).finally(() => {
    progress.done();
    interrupt.release();
  });
  const reportEnd = json ? jsonReport(record) : reportRun(found.kata, record);
  // What was measured is told first: a progress.json that can't be written hides nothing.
  reportEnd(root === undefined ? undefined : await note(root, record, found.kata.item));
  return exitOf(record);
}

/** An interrupted run proves nothing and leaves progress as it is. */
async function note(root: string, record: RunRecord, item: string): Promise<readonly string[]> {
  if (record.outcome === 'interrupted') return [];
  const { before, after } = await recordRun(root, record, item);
  return isDone(itemOf(after, item)) && !isDone(itemOf(before, item)) ? [item] : [];
}

function jsonReport(record: RunRecord): () => void {
  printJson(record);
  return () => undefined;
}

function needsKata(): never {
  const t = texts(runTexts);
  throw new PlanError({
    code: 'needs-kata',
    exit: exitCodes.usage,
    what: t.needsKata,
    mend: t.needsKataMend,
  });
}
