import { displayPath } from '../base/display-path.js';
import { exitCodes, PlanError } from '../base/errors.js';
import { dlqTexts } from '../i18n/dlq.js';
import { texts } from '../i18n/text.js';
import type { DeadLetters } from '../kata/dead-letters.js';
import { listKatas, wordFor, type KataOnDisk } from '../kata/discover.js';
import {
  hasRuns,
  latestLetters,
  lettersOfRun,
  type CaseWithLetters,
  type RunWithLetters,
} from '../lab/dead-letters/index.js';
import { readRun } from '../lab/archive/folder.js';
import { findRoot } from '../plan/root.js';
import { openKata } from './open-kata.js';

/** Which dead letters a command is about. */
export interface AskedLetters {
  readonly root: string;
  readonly found: KataOnDisk;
  readonly deadLetters: DeadLetters;
  readonly run: RunWithLetters;
  /** The run's folder, as people would type it. */
  readonly shown: string;
  /** Undefined where a replay has left none. */
  readonly one: CaseWithLetters | undefined;
}

interface Options {
  readonly run?: string;
  readonly kata?: string;
  readonly case?: string;
}

/** @throws PlanError `no-dead-letters` and others (exit 2), each with the command that mends it */
export async function askedLetters(options: Options): Promise<AskedLetters> {
  const root = findRoot(process.cwd()) ?? process.cwd();
  const { found, run } =
    options.run === undefined ? await latest(root, options) : await ofRun(options.run, options);
  const { deadLetters } = found.kata;
  if (!deadLetters) throw noLettersOf(found);
  const shown = displayPath(run.folder, process.cwd());
  const t = texts(dlqTexts);
  if (run.cases.length === 0 && !run.isReplay)
    throw fault('no-dead-letters', t.noneInRun(shown), runCommand(found));
  return { root, found, deadLetters, run, shown, one: caseOf(run, options.case) };
}

interface Found {
  readonly found: KataOnDisk;
  readonly run: RunWithLetters;
}

async function ofRun(where: string, { kata }: Options): Promise<Found> {
  const { record } = await readRun(where);
  const found = await openKata(kata ?? record.kata);
  return { found, run: await lettersOfRun(found, where) };
}

/** Of all katas that leave any, the newest. */
async function latest(root: string, { kata }: Options): Promise<Found> {
  const katas = kata === undefined ? await allKatas() : [await openKata(kata)];
  const [first] = katas;
  if (!first) throw fault('no-dead-letters', texts(dlqTexts).noKata, 'plan list');
  const runs: Found[] = [];
  for (const found of katas) {
    if (!found.kata.deadLetters) throw noLettersOf(found);
    const run = await latestLetters(root, found);
    if (run) runs.push({ found, run });
  }
  runs.sort((a, b) => b.run.record.startedAt.localeCompare(a.run.record.startedAt));
  const [newest] = runs;
  if (newest) return newest;
  const t = texts(dlqTexts);
  const what = (await hasRuns(root, first.kata.id)) ? t.noneLeft : t.noRun;
  throw fault('no-dead-letters', what(first.kata.id), runCommand(first));
}

async function allKatas(): Promise<KataOnDisk[]> {
  return (await listKatas()).filter(({ kata }) => kata.deadLetters);
}

/** The first that left any, which is all where there is but one; by its name, or its strategy. */
function caseOf({ cases }: RunWithLetters, name: string | undefined): CaseWithLetters | undefined {
  if (name === undefined) return cases[0];
  const named =
    cases.find(({ record }) => record.slug === name) ??
    cases.find(({ record }) => record.strategy === name);
  if (named) return named;
  const slugs = cases.map(({ record }) => record.slug);
  const what = texts(dlqTexts).noCase(name, slugs.join(', '));
  throw fault('no-such-case', what, `plan dlq --case ${slugs[0] ?? ''}`);
}

function noLettersOf(found: KataOnDisk): PlanError {
  return fault('no-dead-letters', texts(dlqTexts).noSuchKata(wordFor(found)), 'plan dlq');
}

/** A run of a strategy that holds leaves some. */
function runCommand({ kata, ...found }: KataOnDisk): string {
  return `plan run ${wordFor({ kata, ...found })}`;
}

function fault(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
