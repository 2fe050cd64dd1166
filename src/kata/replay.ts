import type { CaseRecord, RunRecord } from './run-record.js';
import type { Verdict } from './findings.js';

/** What a case came to. */
export interface CaseOutcome {
  readonly verdict: Verdict;
  /** The invariants that broke, by name. */
  readonly broken: readonly string[];
}

/** How often the outcome of a case came back when its run was replayed. */
export interface CaseRate {
  readonly slug: string;
  readonly strategy: string;
  readonly options: CaseRecord['options'];
  /** In the stored run. */
  readonly was: CaseOutcome;
  /** Of the replays, how many came to the same. */
  readonly cameBack: number;
  readonly of: number;
  /** Every outcome that the replays came to, the most frequent first. */
  readonly outcomes: readonly (CaseOutcome & { readonly times: number })[];
}

/** The same verdict, by the same broken invariants, is the same outcome. */
export function ratesOf(stored: RunRecord, rounds: readonly RunRecord[]): CaseRate[] {
  return stored.cases.map((one) => {
    const was = outcomeOf(one);
    const came = rounds.flatMap(({ cases }) =>
      cases.filter(({ index }) => index === one.index).map(outcomeOf),
    );
    const counts = new Map<string, CaseOutcome & { times: number }>();
    for (const outcome of came) {
      const known = counts.get(keyOf(outcome)) ?? { ...outcome, times: 0 };
      known.times += 1;
      counts.set(keyOf(outcome), known);
    }
    return {
      slug: one.slug,
      strategy: one.strategy,
      options: one.options,
      was,
      cameBack: counts.get(keyOf(was))?.times ?? 0,
      of: came.length,
      outcomes: [...counts.values()].sort((a, b) => b.times - a.times),
    };
  });
}

function outcomeOf({ verdict, findings }: CaseRecord): CaseOutcome {
  const broken = findings.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
  return { verdict, broken: broken.sort() };
}

function keyOf({ verdict, broken }: CaseOutcome): string {
  return [verdict, ...broken].join(' ');
}
