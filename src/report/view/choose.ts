import type { Kata } from '../../kata/define.js';
import { isBroken, type Finding } from '../../kata/findings.js';
import type { CaseRecord, RunRecord } from '../../kata/run-record.js';

export interface JournalRun {
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
}

/** A case with the run that it is from. */
export interface CaseOfRun {
  readonly run: JournalRun;
  readonly one: CaseRecord;
}

export interface FailureSeen extends CaseOfRun {
  readonly finding: Finding;
}

/** What of the stored runs goes into the journal. */
export interface Chosen {
  /** The latest lesson; where there is none, the latest run of a reference implementation. */
  readonly reference: JournalRun | undefined;
  readonly own: JournalRun | undefined;
  /**
   * The case whose code is the key snippet: the learner's own, else the cure with the lowest p99;
   * where no latency was measured, the cure that is taught last.
   */
  readonly key: CaseOfRun | undefined;
  readonly failures: readonly FailureSeen[];
  /** The latest case with panels of a dashboard, of whichever run. */
  readonly panels?: CaseOfRun;
}

/** Undefined where no run has figures. @param runs the newest first; read no further than needed */
export async function chooseRuns(
  kata: Kata,
  runs: AsyncIterable<JournalRun>,
): Promise<Chosen | undefined> {
  const { lesson, single, own, panels } = await latestOf(kata, runs);
  const reference = lesson ?? single;
  if (!reference && !own) return undefined;
  const key = keyCase(kata, reference, own);
  const failures = failuresOf([reference, own]);
  return { reference, own, key, failures, ...(panels && { panels }) };
}

export function isLesson({ lesson }: Kata, { cases }: RunRecord): boolean {
  return lesson.every((changes) =>
    cases.some(({ strategy, options }) =>
      Object.entries(changes).every(
        ([name, value]) => (name === 'strategy' ? strategy : options[name]) === value,
      ),
    ),
  );
}

interface Latest {
  lesson?: JournalRun;
  single?: JournalRun;
  own?: JournalRun;
  panels?: CaseOfRun;
}

/** The latest of each kind. */
async function latestOf(kata: Kata, runs: AsyncIterable<JournalRun>): Promise<Latest> {
  const found: Latest = {};
  const mayHavePanels = kata.services.includes('prometheus');
  for await (const run of runs) {
    if (!hasFigures(run.record)) continue;
    found[kindOf(kata, run)] ??= run;
    const panels = found.panels ?? panelsIn(run);
    if (panels) found.panels = panels;
    if (found.lesson && found.own && (panels || !mayHavePanels)) break;
  }
  return found;
}

function kindOf(kata: Kata, { record }: JournalRun): 'lesson' | 'single' | 'own' {
  if (isOwn(record)) return 'own';
  return isLesson(kata, record) ? 'lesson' : 'single';
}

function panelsIn(run: JournalRun): CaseOfRun | undefined {
  const one = run.record.cases.find(({ tracks }) => tracks?.panels);
  return one && { run, one };
}

function hasFigures({ outcome, cases }: RunRecord): boolean {
  return outcome !== 'interrupted' && cases.some(({ verdict }) => verdict !== 'error');
}

function isOwn({ cases }: RunRecord): boolean {
  return cases.some(({ implementation }) => implementation.kind === 'own');
}

function keyCase(
  { defaultStrategy }: Kata,
  reference: JournalRun | undefined,
  own: JournalRun | undefined,
): CaseOfRun | undefined {
  const mine = heldIn(own)[0];
  if (mine) return mine;
  const held = heldIn(reference);
  const cures = held.filter(({ one }) => one.strategy !== defaultStrategy);
  const isMeasured = cures.some(({ one }) => one.latency !== null);
  const best = isMeasured ? cures.sort((a, b) => p99Of(a) - p99Of(b))[0] : cures.at(-1);
  return best ?? held[0];
}

function heldIn(run: JournalRun | undefined): CaseOfRun[] {
  if (!run) return [];
  return run.record.cases.flatMap((one) => (one.verdict === 'holds' ? [{ run, one }] : []));
}

function p99Of({ one: { latency } }: CaseOfRun): number {
  return latency?.p99 ?? latency?.max ?? Number.POSITIVE_INFINITY;
}

/** One a run: the first violation that has a witness, the rule that the case is about before others. */
function failuresOf(runs: readonly (JournalRun | undefined)[]): FailureSeen[] {
  return runs.flatMap((run) => {
    const seen = (run?.record.cases ?? []).flatMap((one) => {
      const finding = tellingFinding(one);
      return run && finding ? [{ run, one, finding }] : [];
    });
    return seen.slice(0, 1);
  });
}

function tellingFinding({ verdict, expected, findings }: CaseRecord): Finding | undefined {
  if (verdict !== 'violated') return undefined;
  const told = findings.filter((finding) => isBroken(finding) && finding.witness);
  const about = expected.verdict === 'violated' ? expected.by : undefined;
  return told.find(({ invariant }) => invariant === about) ?? told[0];
}
