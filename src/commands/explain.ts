import path from 'node:path';
import { displayPath } from '../base/display-path.js';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { explainTexts } from '../i18n/explain.js';
import { getLocale, texts } from '../i18n/text.js';
import { listKatas, type KataOnDisk } from '../kata/discover.js';
import type { CaseRecord, RunRecord } from '../kata/run-record.js';
import { readRun } from '../lab/archive/folder.js';
import { storedRuns } from '../lab/archive/runs.js';
import { findRoot } from '../plan/root.js';
import { reportExplained } from '../report/terminal/explain.js';
import { isInteractive, printJson } from '../report/terminal/output.js';
import { kataOfRun } from './kata-of-run.js';
import { stepThrough } from './step-through.js';

interface Options {
  readonly kata?: string;
  readonly case?: string;
  readonly step?: boolean;
  readonly json?: boolean;
}

/** `plan explain [RUN]`: what the two requests did that tell most, statement by statement. */
export async function explain(where: string | undefined, options: Options): Promise<ExitCode> {
  const t = texts(explainTexts);
  if (options.step === true && !isInteractive() && options.json !== true)
    throw usage('needs-terminal', t.stepNeedsTerminal, t.stepNeedsTerminalMend);
  const { found, folder, record } = await askedRun(where, options);
  const run = displayPath(folder, process.cwd());
  const one = caseOf(record, options.case, run, found);
  if (options.json === true) {
    const { slug, verdict, interleaving } = one;
    printJson({ kata: found.kata.id, run, case: slug, verdict, interleaving });
    return exitCodes.ok;
  }
  if (options.step === true)
    await stepThrough((print) => reportExplained(getLocale(), found.kata, one, print));
  else reportExplained(getLocale(), found.kata, one);
  return exitCodes.ok;
}

interface AskedRun {
  readonly found: KataOnDisk;
  readonly folder: string;
  readonly record: RunRecord;
}

async function askedRun(where: string | undefined, { kata }: Options): Promise<AskedRun> {
  if (where === undefined) return latest();
  const stored = await readRun(where);
  return { ...stored, found: await kataOfRun('explain', where, stored, kata) };
}

/** Of all katas, the newest that was explained. */
async function latest(): Promise<AskedRun> {
  const root = findRoot(process.cwd()) ?? process.cwd();
  const newest: AskedRun[] = [];
  for (const found of await listKatas())
    for await (const { folder, record } of storedRuns(root, found.kata.id)) {
      if (record?.cases.some(({ explain: isOne }) => isOne) !== true) continue;
      newest.push({ found, folder: path.resolve(folder), record });
      break;
    }
  newest.sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt));
  const [first] = newest;
  if (first) return first;
  const t = texts(explainTexts);
  throw usage('not-explained', t.noneYet, t.notExplainedMend('kata-4'));
}

function caseOf(
  { cases }: RunRecord,
  name: string | undefined,
  run: string,
  { kata }: KataOnDisk,
): CaseRecord {
  const t = texts(explainTexts);
  const explained = cases.filter((one) => one.explain === true);
  const [first] = explained;
  if (first === undefined)
    throw usage('not-explained', t.notExplained(run), t.notExplainedMend(kata.id));
  const named =
    name === undefined
      ? (explained.find(({ interleaving }) => interleaving) ?? first)
      : explained.find(({ slug, strategy }) => slug === name || strategy === name);
  const slugs = explained.map(({ slug }) => slug);
  if (named === undefined)
    throw usage(
      'no-such-case',
      t.noSuchCase(name ?? '', slugs.join(', ')),
      `plan explain ${run} --case ${nearest(name ?? '', slugs) ?? first.slug}`,
    );
  if (named.interleaving === undefined)
    throw usage('not-explained', t.noSteps(run), t.notExplainedMend(kata.id));
  return named;
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
