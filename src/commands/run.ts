import type { Command } from 'commander';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { runTexts } from '../i18n/run.js';
import { getLocale, texts } from '../i18n/text.js';
import type { Kata } from '../kata/define.js';
import { wordFor, type KataOnDisk } from '../kata/discover.js';
import { askedRoles } from '../kata/roles.js';
import type { RunRecord } from '../kata/run-record.js';
import { exitOf } from '../lab/run/outcome.js';
import { runKata } from '../lab/run/run.js';
import { ownRoot } from '../plan/own-root.js';
import { isDone, itemOf, recordRun } from '../plan/progress.js';
import { findRoot } from '../plan/root.js';
import { printJson } from '../report/terminal/output.js';
import { reportRun } from '../report/terminal/run.js';
import { openKata } from './open-kata.js';
import { parseRunOptions, runCommand } from './run-options.js';
import { inSession, type Around, type Session } from './session.js';

/** `plan run <kata> [options]`: the options depend on the kata, so they are parsed here. */
export async function run(
  kataId: string | undefined,
  _options: unknown,
  command: Command,
): Promise<ExitCode> {
  const words = command.args.slice(kataId === undefined ? 0 : 1);
  if (kataId === '--help' || kataId === '-h') {
    command.outputHelp();
    return exitCodes.ok;
  }
  if (kataId === undefined || kataId.startsWith('-')) return needsKata();
  const found = await openKata(kataId);
  if (words.includes('--help') || words.includes('-h')) {
    runCommand(found.kata, wordFor(found)).outputHelp();
    return exitCodes.ok;
  }
  const asked: Asked = { found, words: [kataId, ...words], root: findRoot(process.cwd()) };
  const options = parseRunOptions(found.kata, words);
  const { json, watch, wide } = options;
  const around = { command: ['run', ...asked.words], ...options };
  if (watch !== undefined) return watchIt(asked, around, watch);
  const { predict } = await import('./predict.js');
  const guess = await predict(found.kata, ownRoot(asked.root), options);
  const expectedMs = await earlierOf(asked, around.command);
  const record = await inSession({ ...around, expectedMs }, (session) => measure(asked, session));
  return tell(asked, record, { json, wide, isWatched: false, guess });
}

/** Told on a terminal alone. */
async function earlierOf(
  { found, root }: Asked,
  command: readonly string[],
): Promise<number | undefined> {
  const { drawsProgress } = await import('../report/terminal/run-progress.js');
  if (!drawsProgress()) return undefined;
  const { earlierTime } = await import('./earlier-time.js');
  return earlierTime(root ?? process.cwd(), found.kata.id, command);
}

interface Asked {
  readonly found: KataOnDisk;
  /** As typed after `plan run`. */
  readonly words: readonly string[];
  readonly root: string | undefined;
}

interface Telling {
  readonly json: boolean;
  readonly wide: boolean;
  readonly isWatched: boolean;
  /** What the learner expected, where they were asked and said so. */
  readonly guess?: number | undefined;
}

async function watchIt(
  asked: Asked,
  around: Around & { wide: boolean },
  places: readonly string[],
): Promise<ExitCode> {
  const { watchAndRun } = await import('./watch.js');
  const telling = { json: false, wide: around.wide, isWatched: true };
  const { hintsOf } = await import('./hints.js');
  return watchAndRun(places, around, {
    runOnce: async (round) => {
      const record = await measure(asked, round);
      if (!round.signal.aborted) await tell(asked, record, telling);
      return record.cases.every(({ verdict }) => verdict === 'holds');
    },
    hint: hintsOf(asked.found),
    goOn: async () => (await import('./next.js')).next({}),
  });
}

/** Options are read for every run, so that each has a seed of its own where none was given. */
async function measure({ found, words }: Asked, session: Session): Promise<RunRecord> {
  const request = parseRunOptions(found.kata, words.slice(1));
  return runKata(found, request, session).finally(session.done);
}

/** What was measured is told first: a progress.json that can't be written hides nothing. */
async function tell(
  { found, root }: Asked,
  record: RunRecord,
  { json, wide, isWatched, guess }: Telling,
): Promise<ExitCode> {
  const reportEnd = json
    ? jsonReport(record)
    : reportRun(getLocale(), found, record, wide ? 'below' : 'told');
  const noted = ownRoot(root);
  const ticked = noted === undefined ? undefined : await note(noted, record, found.kata);
  const { tellPrediction } = await import('./predict.js');
  await tellPrediction(found.kata, record, { guess, root: noted });
  const tells = !json && record.outcome !== 'interrupted' && noted !== undefined;
  if (!json) await tellExplained(found.kata, record);
  const { onwardAfter } = await import('./onward.js');
  const onward = tells ? await onwardAfter(found, record, { root: noted, isWatched }) : undefined;
  const { leavePage } = await import('./run-page.js');
  const page = await leavePage(root ?? process.cwd(), { kata: found.kata, record });
  reportEnd(ticked, { onward, page });
  return exitOf(record);
}

/** With `--explain`: what the two did that tell most. */
async function tellExplained(kata: Kata, { cases, folder }: RunRecord): Promise<void> {
  const explained = cases.filter(({ interleaving }) => interleaving);
  if (explained.length === 0) return;
  const { reportExplained, explainedEnd } = await import('../report/terminal/explain.js');
  for (const one of explained) reportExplained(getLocale(), kata, one);
  explainedEnd(getLocale(), folder);
}

/** An interrupted run proves nothing and leaves progress as it is. */
async function note(root: string, record: RunRecord, kata: Kata): Promise<readonly string[]> {
  const { item, requirements = [] } = kata;
  if (record.outcome === 'interrupted') return [];
  const { before, after } = await recordRun(root, record, kata, askedRoles(kata));
  const shown = [...(item === undefined ? [] : [item]), ...requirements.map((one) => one.item)];
  return shown.filter((id) => isDone(itemOf(after, id)) && !isDone(itemOf(before, id)));
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
