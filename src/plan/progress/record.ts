import type { CaseRecord, RunRecord } from '../../kata/run-record.js';
import { localDate } from './dates.js';
import {
  itemOf,
  type KataProgress,
  type Progress,
  type RunEvidence,
  type RunFigures,
} from './shape.js';

/**
 * The progress after a run: its kata's last and best figures, and the tick with its evidence where
 * an implementation of the learner's own held in every case that it was put through. A reference
 * implementation proves nothing about the learner.
 *
 * @param item the curriculum item of the kata; without one nothing is ticked
 */
export function withRun(progress: Progress, run: RunRecord, item: string | undefined): Progress {
  // Some acts of an experiment are no experiment: their figures compare with nothing either.
  if (run.cases.some(({ acts }) => acts !== undefined)) return progress;
  const figured = withFigures(progress, run);
  const evidence = evidenceOf(run);
  if (item === undefined || !evidence) return figured;
  return withEvidence(figured, item, evidence, dateOf(run));
}

function withFigures(progress: Progress, run: RunRecord): Progress {
  const last = telling(run);
  if (!last) return progress;
  const known: KataProgress | undefined = Object.hasOwn(progress.katas, run.kata)
    ? progress.katas[run.kata]
    : undefined;
  const best = ranked(run.cases.filter(({ verdict }) => verdict === 'holds'))[0];
  const kata = {
    ...known,
    best: better(known?.best ?? undefined, best && figuresOf(run, best)),
    // Unknown fields stay, as everywhere in the file.
    last: { ...known?.last, ...figuresOf(run, last) },
  };
  return { ...progress, katas: { ...progress.katas, [run.kata]: kata } };
}

/** The case that stands for the run: the learner's own first, and what failed in it before all. */
function telling(run: RunRecord): CaseRecord | undefined {
  const own = run.cases.filter(isOwn);
  const failed = own.find(({ verdict }) => verdict !== 'holds');
  if (failed) return failed;
  const holding = ranked(run.cases.filter(({ verdict }) => verdict === 'holds'));
  return holding[0] ?? run.cases.at(-1);
}

function ranked(cases: readonly CaseRecord[]): CaseRecord[] {
  const p99 = ({ latency }: CaseRecord): number => latency?.p99 ?? Number.POSITIVE_INFINITY;
  return [...cases].sort(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || (p99(a) < p99(b) ? -1 : 1),
  );
}

function isOwn({ implementation }: CaseRecord): boolean {
  return implementation.kind === 'own';
}

function better(known: RunFigures | undefined, found: RunFigures | undefined): RunFigures | null {
  if (!known || !found) return found ?? known ?? null;
  const own = (figures: RunFigures): boolean => figures.kind === 'own';
  const p99 = (figures: RunFigures): number => figures.p99 ?? Number.POSITIVE_INFINITY;
  const wins = own(found) === own(known) ? p99(found) < p99(known) : own(found);
  return wins ? { ...known, ...found } : known;
}

function figuresOf(run: RunRecord, which: CaseRecord): RunFigures {
  const { latency } = which;
  return {
    run: run.folder,
    date: dateOf(run),
    outcome: run.outcome,
    verdict: which.verdict,
    kind: which.implementation.kind,
    language: which.implementation.language,
    strategy: which.strategy,
    options: which.options,
    n: latency?.n ?? null,
    p50: latency?.p50 ?? null,
    p95: latency?.p95 ?? null,
    p99: latency?.p99 ?? null,
    throughput: latency?.throughput ?? null,
  };
}

function evidenceOf(run: RunRecord): RunEvidence | undefined {
  if (run.outcome === 'interrupted') return undefined;
  const own = run.cases.filter(isOwn);
  const [first] = own;
  if (!first || !own.every(({ verdict }) => verdict === 'holds')) return undefined;
  const { path, hash } = first.implementation;
  return { by: 'run', run: run.folder, implementation: { path, hash } };
}

/** Evidence is renewed by every run that holds; the date stays the day on which it was done. */
function withEvidence(
  progress: Progress,
  id: string,
  evidence: RunEvidence,
  today: string,
): Progress {
  const item = itemOf(progress, id);
  const known = item?.evidence?.by === 'run' ? item.evidence.implementation : undefined;
  const entry = {
    ...item,
    date: item?.date ?? today,
    evidence: {
      ...item?.evidence,
      ...evidence,
      implementation: { ...known, ...evidence.implementation },
    },
  };
  return { ...progress, items: { ...progress.items, [id]: entry } };
}

function dateOf(run: RunRecord): string {
  return localDate(new Date(run.finishedAt));
}
