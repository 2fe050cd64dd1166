import { countsIn, type ActNote, type Acts } from '../../kata/acts.js';
import type { Coverage, Finding } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';

/** What one of several acts cannot break is not judged by it, and not asked of it. */
export function ofActs(
  acts: Acts,
  played: readonly string[] | undefined,
  { findings, coverage }: { findings: readonly Finding[]; coverage: readonly Coverage[] },
): { findings: Finding[]; coverage: Coverage[] } {
  const counts = countsIn(acts, played);
  return {
    findings: findings.filter(({ invariant }) => counts.rule(invariant)),
    coverage: coverage.filter(({ condition }) => counts.condition(condition)),
  };
}

/** Each broken rule with the act in which the first operation of its witness lies. */
export function withActs(history: History, findings: readonly Finding[]): Finding[] {
  const ended = history.notes<ActNote>('act-ended');
  const began = history.notes<ActNote>('act-began').map(({ value: { act }, line: from }) => ({
    act,
    from,
    until: ended.find((end) => end.value.act === act && end.line > from)?.line ?? Infinity,
  }));
  return findings.map((finding) => {
    const [first] = [...(finding.witness?.lines ?? [])].sort((a, b) => a - b);
    if (first === undefined) return finding;
    // Of acts that overlap, the one that had begun last.
    const within = began.findLast(({ from, until }) => first >= from && first <= until);
    return within ? { ...finding, act: within.act } : finding;
  });
}
