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
}

/** Undefined where no run has figures. @param runs the newest first; read no further than needed */
export async function chooseRuns(
  kata: Kata,
  runs: AsyncIterable<JournalRun>,
): Promise<Chosen | undefined> {
  let lesson: JournalRun | undefined;
  let single: JournalRun | undefined;
  let own: JournalRun | undefined;
  for await (const run of runs) {
    if (!hasFigures(run.record)) continue;
    if (isOwn(run.record)) own ??= run;
    else if (isLesson(kata, run.record)) lesson ??= run;
    else single ??= run;
    if (lesson && own) break;
  }
  const reference = lesson ?? single;
  if (!reference && !own) return undefined;
  const key = keyCase(kata, reference, own);
  return { reference, own, key, failures: failuresOf([reference, own]) };
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
