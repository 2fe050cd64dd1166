import {
  isBroken,
  isUndecided,
  type CheckResult,
  type Expectation,
  type Verdict,
} from '../../kata/findings.js';

export interface Judgement {
  readonly verdict: Verdict;
  readonly asExpected: boolean;
}

/**
 * From findings to a verdict. A broken invariant is proof, whatever the coverage; without one, a
 * run that never produced its conditions says nothing, nor does one in which a rule could not be
 * decided, nor one whose expected failure did not show.
 */
export function judge(
  { findings, coverage }: Pick<CheckResult, 'findings' | 'coverage'>,
  expected: Expectation,
): Judgement {
  const broken = findings.filter(isBroken).map((finding) => finding.invariant);
  if (broken.length > 0)
    return { verdict: 'violated', asExpected: isTheExpectedFailure(broken, expected) };
  const covered = coverage.every((condition) => condition.met);
  const mustBreak = expected.verdict === 'violated' && expected.partly !== true;
  if (!covered || findings.length === 0 || findings.some(isUndecided) || mustBreak)
    return { verdict: 'inconclusive', asExpected: false };
  return { verdict: 'holds', asExpected: true };
}

function isTheExpectedFailure(broken: readonly string[], expected: Expectation): boolean {
  if (expected.verdict !== 'violated') return false;
  if (!broken.includes(expected.by) && expected.partly !== true) return false;
  const along = expected.with ?? [];
  return broken.every((name) => name === expected.by || along.includes(name));
}
