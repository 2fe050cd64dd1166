import { isBroken, isUndecided, type Finding } from '../../kata/findings.js';
import type { CaseRecord } from '../../kata/run-record.js';

/** What every program meets first, in this order, before the rules of the kata. */
const basics = [
  'becomes-healthy',
  'stays-alive',
  'answers-in-time',
  'follows-the-contract',
  'drains-on-sigterm',
];

/** `open`: this run could not come to it. */
export interface JudgedRule extends Finding {
  readonly state: 'held' | 'broken' | 'open';
}

/**
 * All rules that a case was judged by, so that progress shows before the end: the lab's own, then of
 * the kata's those that hold, those that break, and those that this run could not come to.
 */
export function rulesOf(told: CaseRecord): JudgedRule[] {
  const rules = told.findings.map((one) => ({ ...one, state: stateOf(one, told) }));
  const first = basics.flatMap((name) => rules.find(({ invariant }) => invariant === name) ?? []);
  const others = rules.filter((one) => !first.includes(one));
  const inOrder = (['held', 'broken', 'open'] as const).flatMap((state) =>
    others.filter((one) => one.state === state),
  );
  return [...first, ...inOrder];
}

/**
 * Of a program that never came up, or said yes to nothing, whatever forbids something holds: it was
 * never tried.
 */
function stateOf(one: Finding, { counts, findings }: CaseRecord): JudgedRule['state'] {
  if (isBroken(one)) return 'broken';
  if (findings.some((rule) => rule.invariant === 'becomes-healthy' && isBroken(rule)))
    return 'open';
  const isTried = counts.ok > 0 || counts.requests === 0 || basics.includes(one.invariant);
  return isUndecided(one) || !isTried ? 'open' : 'held';
}
