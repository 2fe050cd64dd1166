import { displayPath } from '../base/display-path.js';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { getLocale, texts } from '../i18n/text.js';
import { traceTexts } from '../i18n/trace.js';
import type { CaseRecord, RunRecord } from '../kata/run-record.js';
import { threadOf, type Thread, type Wanted } from '../kata/trace/index.js';
import { historyOf } from '../lab/archive/history-of.js';
import { linesAbout } from '../lab/archive/lines-about.js';
import { reportThread, threadJson, type ShownThread } from '../report/terminal/trace/report.js';
import { namedRun, newestRun, type AskedRun } from './asked-run.js';

interface Options {
  readonly run?: string;
  readonly kata?: string;
  readonly case?: string;
  readonly slowest?: boolean;
  readonly failed?: boolean;
  readonly json?: boolean;
}

/** `plan trace [ID]`: all that is known of one request of a stored run. */
export async function trace(name: string | undefined, options: Options): Promise<ExitCode> {
  const t = texts(traceTexts);
  const asked = [name !== undefined, options.slowest === true, options.failed === true];
  if (asked.filter(Boolean).length > 1) throw usage('bad-option', t.tooMany, 'plan trace');
  const { found, folder, record } = await askedRun(options);
  const run = displayPath(folder, process.cwd());
  if (found.kata.telemetry !== true) throw usage('no-traces', t.noTraces(run), 'plan run kata-13');
  const wanted: Wanted =
    name === undefined
      ? { by: options.failed === true ? 'failed' : 'slowest' }
      : { by: 'name', name };
  const { one, thread } = await findIn(folder, casesOf(record, options.case), wanted);
  if (one === undefined || thread === undefined) throw notFound(wanted, run);
  const shown: ShownThread = {
    ...{ kata: found.kata.id, run, case: one.slug, ...thread },
    lines: await linesAbout(folder, one.slug, thread.names),
  };
  if (options.json === true) threadJson(shown);
  else reportThread(getLocale(), shown);
  return exitCodes.ok;
}

interface Found {
  readonly one?: CaseRecord;
  readonly thread?: Thread;
}

/** In the case that knows of it; where several do, in the last: the lesson ends with the cure. */
async function findIn(
  folder: string,
  cases: readonly CaseRecord[],
  wanted: Wanted,
): Promise<Found> {
  let found: Found = {};
  for (const one of cases.toReversed()) {
    const thread = threadOf(await historyOf(folder, one), wanted);
    if (thread === undefined) continue;
    if (thread.spans.length > 0) return { one, thread };
    found = { one, thread };
  }
  return found;
}

function notFound(wanted: Wanted, run: string): PlanError {
  const t = texts(traceTexts);
  if (wanted.by === 'name') return usage('unknown-id', t.unknown(wanted.name, run), 'plan trace');
  const what = wanted.by === 'failed' ? t.noneFailed(run) : t.noTraces(run);
  return usage('no-traces', what, wanted.by === 'failed' ? 'plan trace' : 'plan run kata-13');
}

/** Of all katas whose programs tell of themselves, the newest where none is named. */
async function askedRun({ run, kata }: Options): Promise<AskedRun> {
  if (run !== undefined) return namedRun('trace --run', run, kata);
  const newest = await newestRun(
    ({ telemetry }) => telemetry === true,
    ({ cases }) => cases.length > 0,
  );
  if (newest) return newest;
  throw usage('no-traces', texts(traceTexts).noKata, 'plan run kata-13');
}

/** All, or the one of that name; of a strategy all. */
function casesOf({ cases }: RunRecord, name: string | undefined): readonly CaseRecord[] {
  const named = cases.filter(
    ({ slug, strategy }) => name === undefined || slug === name || strategy === name,
  );
  if (named.length > 0) return named;
  const slugs = cases.map(({ slug }) => slug);
  throw usage(
    'no-such-case',
    texts(traceTexts).noCase(name ?? '', slugs.join(', ')),
    `plan trace --case ${nearest(name ?? '', slugs) ?? slugs[0] ?? ''}`,
  );
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
