import { proofTexts } from '../../i18n/proof.js';
import { texts } from '../../i18n/text.js';
import { hasPrograms, type Kata } from '../../kata/define.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { History } from '../../kata/history.js';
import type { CaseRecord } from '../../kata/run-record.js';
import type { FieldProblem } from '../../kata/schema.js';
import { plannedBy, resolveCast } from '../run/cast.js';
import { planCases, type PlannedBy, type RunRequest } from '../run/cases.js';
import type { PlannedCase } from '../stage/conditions.js';
import { checkProgram } from '../judge/program.js';
import { playedByLab } from '../run/record-of.js';
import { failedToRun, lacks, runOnce, untilDecided, type ProofContext } from './one-run.js';
import { proofOf, type LeftOut, type Proof } from './proof.js';
import { unnamedInvariants } from './text-problems.js';

interface Proved {
  readonly proofs: readonly Proof[];
  readonly leftOut: readonly LeftOut[];
  /** What the runs showed of the texts: an invariant that no brief names, a column without figure. */
  readonly texts: readonly FieldProblem[];
}

/**
 * Every case of the lesson and every other strategy, in each language, against what it is to be.
 * Where the lab plays all parts itself, its own playing is the reference.
 */
export async function proveReferences(found: KataOnDisk, context: ProofContext): Promise<Proved> {
  const proofs: Proof[] = [];
  const leftOut: LeftOut[] = [];
  const cases: CaseRecord[] = [];
  const { kata } = found;
  for (const language of hasPrograms(kata) ? kata.languages : [undefined]) {
    const { cwd } = context;
    const asked = { language, own: undefined, strategy: undefined };
    const by = language && (await resolveCast(found, asked, cwd));
    const { seed } = context.readOptions(kata, []);
    for (const planned of casesOf(found, by ? plannedBy(kata, by) : playedByLab)) {
      const name = nameOf(found, planned) + (language ? ` (${language})` : '');
      context.onProof(kata.id, name);
      const { outcome, attempts } = await untilDecided(() =>
        runOnce(found, name, [{ planned, by }], seed, context),
      );
      const lacking = 'fault' in outcome && language ? lacks(outcome.fault, language) : undefined;
      if (lacking) leftOut.push(lacking);
      if (lacking) break;
      if ('fault' in outcome)
        proofs.push(failedToRun(name, 'reference', planned.expected, outcome.fault));
      else {
        const { record, run } = outcome;
        cases.push(...record.cases);
        proofs.push(
          ...record.cases.map((one) => proofOf(name, 'reference', one, { run, attempts })),
        );
      }
    }
  }
  return { proofs, leftOut, texts: await shownBy(found, cases) };
}

function casesOf({ kata }: KataOnDisk, by: PlannedBy): PlannedCase[] {
  const request: RunRequest = {
    strategy: undefined,
    language: undefined,
    own: undefined,
    options: {},
    seed: 0,
    repeat: 1,
  };
  const lesson = planCases(kata, request, by);
  const taught = new Set(lesson.map(({ strategy }) => strategy));
  const others = Object.keys(kata.strategies)
    .filter((strategy) => !taught.has(strategy))
    .flatMap((strategy) => planCases(kata, { ...request, strategy }, by));
  return [...lesson, ...others].map((one) => ({ ...one, index: 0 }));
}

/** The strategy, and the choices by which cases of the lesson differ. */
function nameOf({ kata }: KataOnDisk, { strategy, options }: PlannedCase): string {
  const changed = Object.keys(kata.options).filter(
    (name) => options[name] !== kata.options[name]?.default,
  );
  return [strategy, ...changed.map((name) => `${name} ${String(options[name])}`)].join(', ');
}

async function shownBy(found: KataOnDisk, cases: readonly CaseRecord[]): Promise<FieldProblem[]> {
  const t = texts(proofTexts);
  const complete = cases.filter(({ figures }) => Object.keys(figures).length > 0);
  if (complete.length === 0) return [];
  const everywhere = new Set(checkProgram(new History([])).map(({ invariant }) => invariant));
  const own = new Set(
    complete
      .flatMap(({ findings }) => findings.map(({ invariant }) => invariant))
      .filter((invariant) => !everywhere.has(invariant)),
  );
  const figures = new Set(complete.flatMap((one) => Object.keys(one.figures)));
  const columns = found.kata.columns.flatMap(({ figure }, at): FieldProblem[] =>
    figures.has(figure) ? [] : [{ field: `columns.${at}.figure`, problem: t.noFigure(figure) }],
  );
  return [
    ...columns,
    ...strangeInActs(found.kata, complete),
    ...(await unnamedInvariants(found, [...own])),
  ];
}

/** Rules and conditions that an act names and no run had: a slip there keeps an act from being judged. */
function strangeInActs({ acts = {} }: Kata, cases: readonly CaseRecord[]): FieldProblem[] {
  const t = texts(proofTexts);
  const rules = new Set(cases.flatMap((one) => one.findings.map(({ invariant }) => invariant)));
  const conditions = new Set(
    cases.flatMap((one) => one.coverage.map(({ condition }) => condition)),
  );
  return Object.entries(acts).flatMap(([act, { breaks, covers }]) => [
    ...breaks
      .filter((name) => !rules.has(name))
      .map((name) => ({ field: `acts.${act}.breaks`, problem: t.noRule(name) })),
    ...covers
      .filter((name) => !conditions.has(name))
      .map((name) => ({ field: `acts.${act}.covers`, problem: t.noCondition(name) })),
  ]);
}
