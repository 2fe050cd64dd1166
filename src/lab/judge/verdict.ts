import type { CheckResult, Expectation, Verdict } from '../../kata/findings.js';

export interface Judgement {
  readonly verdict: Verdict;
  readonly asExpected: boolean;
}

/**
 * From findings to a verdict. A broken invariant is proof, whatever the coverage; without one, a
 * run that never produced its conditions says nothing, nor does one whose expected failure did
 * not show.
 */
export function judge(
  { findings, coverage }: Pick<CheckResult, 'findings' | 'coverage'>,
  expected: Expectation,
): Judgement {
  const broken = findings.filter((finding) => !finding.holds).map((finding) => finding.invariant);
  if (broken.length > 0)
    return { verdict: 'violated', asExpected: isTheExpectedFailure(broken, expected) };
  const covered = coverage.every((condition) => condition.met);
  if (!covered || findings.length === 0 || expected.verdict === 'violated')
    return { verdict: 'inconclusive', asExpected: false };
  return { verdict: 'holds', asExpected: true };
}

function isTheExpectedFailure(broken: readonly string[], expected: Expectation): boolean {
  if (expected.verdict !== 'violated' || !broken.includes(expected.by)) return false;
  return broken.every((name) => name === expected.by || expected.with.includes(name));
}
