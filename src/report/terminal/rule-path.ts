import { onwardTexts } from '../../i18n/onward.js';
import type { Locale } from '../../i18n/text.js';
import { isBroken, isUndecided, type Finding } from '../../kata/findings.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { style } from './style.js';

/** What every program meets first, in this order, before the rules of the kata. */
const basics = [
  'becomes-healthy',
  'stays-alive',
  'answers-in-time',
  'follows-the-contract',
  'drains-on-sigterm',
];

/**
 * All rules that a program of the learner's own was judged by, so that progress shows before the
 * end: the lab's own, then of the kata's those that hold, those that break, and those that this run
 * could not come to.
 */
export function rulePath(locale: Locale, told: CaseRecord): string[] {
  const t = onwardTexts[locale];
  const rules = told.findings.map((one) => ({ ...one, state: stateOf(one, told) }));
  if (rules.length === 0) return [];
  const first = basics.flatMap((name) => rules.find(({ invariant }) => invariant === name) ?? []);
  const others = rules.filter((one) => !first.includes(one));
  const inOrder = (['held', 'broken', 'open'] as const).flatMap((state) =>
    others.filter((one) => one.state === state),
  );
  const held = rules.filter(({ state }) => state === 'held').length;
  const legend = rules.some(({ state }) => state === 'open') ? `   ${t.notReached}` : '';
  return [
    `${t.rules(held, rules.length)}${style.dim(legend)}`,
    ...[...first, ...inOrder].map(({ state, rule }) => lineOf(state, rule[locale])),
  ];
}

type State = 'held' | 'broken' | 'open';

/** Of a program that said yes to nothing, whatever forbids something holds: it was never tried. */
function stateOf(one: Finding, { counts }: CaseRecord): State {
  if (isBroken(one)) return 'broken';
  const isTried = counts.ok > 0 || counts.requests === 0 || basics.includes(one.invariant);
  return isUndecided(one) || !isTried ? 'open' : 'held';
}

function lineOf(state: State, rule: string): string {
  if (state === 'held') return `${style.green('✔')} ${rule}`;
  return state === 'broken' ? `${style.red('✘')} ${rule}` : style.dim(`· ${rule}`);
}
