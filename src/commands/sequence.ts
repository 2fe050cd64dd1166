import { displayPath } from '../base/display-path.js';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { sequenceTexts } from '../i18n/sequence.js';
import { getLocale, texts } from '../i18n/text.js';
import type { CaseRecord, RunRecord } from '../kata/run-record.js';
import { sequencesOf, tellingSequence, type Sequence } from '../kata/sequence/index.js';
import { historyOf } from '../lab/archive/history-of.js';
import {
  reportSequences,
  sequencesJson,
  type ShownSequences,
} from '../report/terminal/sequence/report.js';
import { namedRun, newestRun, type AskedRun } from './asked-run.js';

interface Options {
  readonly run?: string;
  readonly kata?: string;
  readonly case?: string;
  readonly stuck?: boolean;
  readonly json?: boolean;
}

/** So many of those that did not end are drawn; the others are named. */
const mostStuck = 3;

/** `plan sequence [ORDER]`: what one order was about over all services, drawn from a stored run. */
export async function sequence(word: string | undefined, options: Options): Promise<ExitCode> {
  const t = texts(sequenceTexts);
  const isOfStuck = options.stuck === true;
  if (isOfStuck && word !== undefined)
    throw usage('bad-option', t.bothStuckAndId, `plan sequence ${word}`);
  const { found, folder, record } = await askedRun(options);
  const run = displayPath(folder, process.cwd());
  const { sequence: spec } = found.kata;
  if (spec === undefined || record.cases.length === 0)
    throw usage('no-sequences', t.noSequences(run), 'plan run kata-9');
  const cases = await Promise.all(
    casesOf(record, options.case).map(async (one) => {
      const history = await historyOf(folder, one);
      return { one, all: sequencesOf(found.kata, history, one.strategy) };
    }),
  );
  if (word !== undefined)
    requireKnown(
      word,
      cases.flatMap(({ all }) => all),
      run,
    );
  const shown: ShownSequences = {
    ...{ kata: found.kata.id, run, noun: spec.subject },
    cases: cases.flatMap(({ one, all }) => {
      const stuck = all.filter(({ end }) => end === undefined);
      const drawn = drawnOf({ one, all, stuck }, word, isOfStuck);
      if (word !== undefined && drawn.length === 0) return [];
      const { slug, strategy } = one;
      const names = stuck.map(({ subject }) => subject);
      return [{ slug, strategy, all: all.length, stuck: names, shown: drawn }];
    }),
  };
  if (options.json === true) sequencesJson(shown);
  else reportSequences(getLocale(), shown, isOfStuck);
  return exitCodes.ok;
}

interface OfCase {
  readonly one: CaseRecord;
  readonly all: readonly Sequence[];
  readonly stuck: readonly Sequence[];
}

function drawnOf(
  { one, all, stuck }: OfCase,
  word: string | undefined,
  isOfStuck: boolean,
): readonly Sequence[] {
  if (word !== undefined) return all.filter(({ subject }) => subject === word);
  if (isOfStuck) return stuck.slice(0, mostStuck);
  const told = all.find(({ subject }) => subject === one.sequence?.subject);
  const telling = told ?? tellingSequence(all, []);
  return telling ? [telling] : [];
}

/** @throws PlanError `unknown-subject` with the nearest */
function requireKnown(word: string, all: readonly Sequence[], run: string): void {
  const names = [...new Set(all.map(({ subject }) => subject))];
  if (names.includes(word)) return;
  const near = nearest(word, names);
  const mend = near === undefined ? 'plan sequence' : `plan sequence ${near}`;
  throw usage('unknown-subject', texts(sequenceTexts).unknownSubject(word, run), mend);
}

/** Of all katas of several services, the newest where none is named. */
async function askedRun({ run, kata }: Options): Promise<AskedRun> {
  if (run !== undefined) return namedRun('sequence --run', run, kata);
  const newest = await newestRun(
    (of) => of.sequence !== undefined,
    ({ cases }) => cases.length > 0,
  );
  if (newest) return newest;
  throw usage('no-sequences', texts(sequenceTexts).noKata, 'plan run kata-9');
}

/** All, or the one of that name; of a strategy its first. */
function casesOf({ cases }: RunRecord, name: string | undefined): readonly CaseRecord[] {
  if (name === undefined) return cases.filter(({ repetition }) => repetition === 1);
  const named =
    cases.find(({ slug }) => slug === name) ?? cases.find(({ strategy }) => strategy === name);
  if (named) return [named];
  const slugs = cases.map(({ slug }) => slug);
  const what = texts(sequenceTexts).noCase(name, slugs.join(', '));
  throw usage(
    'no-such-case',
    what,
    `plan sequence --case ${nearest(name, slugs) ?? slugs[0] ?? ''}`,
  );
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
