import { displayPath } from '../base/display-path.js';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { explainTexts } from '../i18n/explain.js';
import { getLocale, texts } from '../i18n/text.js';
import type { KataOnDisk } from '../kata/discover.js';
import type { CaseRecord, RunRecord } from '../kata/run-record.js';
import { reportExplained } from '../report/terminal/explain.js';
import { isInteractive, printJson } from '../report/terminal/output.js';
import { namedRun, newestRun, type AskedRun } from './asked-run.js';
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

/** Of all katas, the newest that was explained, where none is named. */
async function askedRun(where: string | undefined, { kata }: Options): Promise<AskedRun> {
  if (where !== undefined) return namedRun('explain', where, kata);
  const newest = await newestRun(
    () => true,
    ({ cases }) => cases.some(({ explain: isOne }) => isOne),
  );
  if (newest) return newest;
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
