import type { Requirement } from '../../kata/define.js';
import type { CaseRecord, ImplementationRecord, RunRecord } from '../../kata/run-record.js';
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
 * @param shown the curriculum items of the kata; without any nothing is ticked
 * @param asked of a system: the roles that the plan asks for. They tick the item where all have held
 * in one run together; until then it is kept which have held at all.
 */
export function withRun(
  progress: Progress,
  run: RunRecord,
  { item, requirements = [] }: Shown,
  asked?: readonly string[],
): Progress {
  // Some acts of an experiment are no experiment: their figures compare with nothing either.
  if (run.cases.some(({ acts, taught }) => acts !== undefined && !taught)) return progress;
  const figured = withHeld(withFigures(progress, run), run, asked);
  const evidence = evidenceOf(run, asked);
  const whole =
    item === undefined || !evidence ? figured : withEvidence(figured, item, evidence, dateOf(run));
  return requirements.reduce((before, one) => {
    const known = requirements.flatMap(({ rules }) => rules);
    const met = evidenceOf(run, asked, (told) => isMet(told, one.rules, known));
    return met ? withEvidence(before, one.item, met, dateOf(run)) : before;
  }, whole);
}

/** What a kata can show: the item that all of it ticks, and those that some of its rules do. */
export interface Shown {
  readonly item?: string | undefined;
  readonly requirements?: readonly Pick<Requirement, 'item' | 'rules'>[] | undefined;
}

/**
 * A whole experiment that produced its conditions, in which these rules hold, and what belongs to no
 * requirement: a program that dies or does not drain shows nothing.
 */
function isMet(
  { verdict, coverage, findings }: CaseRecord,
  rules: readonly string[],
  known: readonly string[],
): boolean {
  const isJudged = verdict === 'holds' || verdict === 'violated';
  const counts = ({ invariant }: { readonly invariant: string }): boolean =>
    rules.includes(invariant) || !known.includes(invariant);
  const judged = new Set(findings.map(({ invariant }) => invariant));
  return (
    isJudged &&
    coverage.every(({ met }) => met) &&
    rules.every((rule) => judged.has(rule)) &&
    findings.filter(counts).every(({ holds }) => holds === true)
  );
}

/** The items, with the newer of two versions as their evidence: the program of the last case. */
export function withImprovement(
  progress: Progress,
  run: RunRecord,
  ids: readonly string[],
): Progress {
  const newer = run.cases.at(-1);
  if (!newer) return progress;
  const own = Object.entries(newer.cast ?? {}).filter(([, { kind }]) => kind === 'own');
  const evidence = evidenceFrom(
    run,
    newer,
    own.map(([role]) => role),
  );
  return ids.reduce((before, id) => withEvidence(before, id, evidence, dateOf(run)), progress);
}

/** A role that fails later has held all the same, with the sources of then. */
function withHeld(
  progress: Progress,
  run: RunRecord,
  asked: readonly string[] | undefined,
): Progress {
  const roles =
    run.outcome === 'interrupted' ? [] : (asked ?? []).filter((role) => held(run, role));
  if (asked === undefined || roles.length === 0) return progress;
  const kata = Object.hasOwn(progress.katas, run.kata) ? progress.katas[run.kata] : undefined;
  const now = roles.map((role) => [role, { run: run.folder, date: dateOf(run) }] as const);
  const known = kata?.held?.roles ?? {};
  const all = { ...kata?.held, of: asked.length, roles: { ...known, ...Object.fromEntries(now) } };
  return { ...progress, katas: { ...progress.katas, [run.kata]: { ...kata, held: all } } };
}

function held({ cases }: RunRecord, role: string): boolean {
  const own = cases.filter(({ cast }) => cast?.[role]?.kind === 'own');
  return own.length > 0 && own.every(({ verdict }) => verdict === 'holds');
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

function evidenceOf(
  run: RunRecord,
  asked: readonly string[] | undefined,
  shows: (told: CaseRecord) => boolean = ({ verdict }) => verdict === 'holds',
): RunEvidence | undefined {
  if (run.outcome === 'interrupted') return undefined;
  const own = run.cases.filter((one) => isAllAsked(one, asked));
  const [first] = own;
  if (!first || !own.every(shows)) return undefined;
  return evidenceFrom(run, first, asked);
}

/** @param asked of a system: the roles whose programs are the evidence */
function evidenceFrom(
  run: RunRecord,
  { implementation, cast }: CaseRecord,
  asked: readonly string[] | undefined,
): RunEvidence {
  const program = ({ path, hash }: ImplementationRecord) => ({ path, hash });
  const roles = Object.entries(cast ?? {}).filter(([role]) => asked?.includes(role));
  return {
    ...{ by: 'run', run: run.folder, implementation: program(implementation) },
    ...(cast && { roles: Object.fromEntries(roles.map(([role, one]) => [role, program(one)])) }),
  };
}

/** Whether the learner's own played all that the plan asks for. */
function isAllAsked({ implementation, cast }: CaseRecord, asked?: readonly string[]): boolean {
  if (cast === undefined || asked === undefined) return implementation.kind === 'own';
  return asked.length > 0 && asked.every((role) => cast[role]?.kind === 'own');
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
