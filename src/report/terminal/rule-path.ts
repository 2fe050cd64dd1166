import { onwardTexts } from '../../i18n/onward.js';
import type { Locale } from '../../i18n/text.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { rulesOf, type JudgedRule } from '../view/rules.js';
import { style } from './style.js';

/** All rules that a program of the learner's own was judged by, in the order in which it meets them. */
export function rulePath(locale: Locale, told: CaseRecord): string[] {
  const t = onwardTexts[locale];
  const rules = rulesOf(told);
  if (rules.length === 0) return [];
  const held = rules.filter(({ state }) => state === 'held').length;
  const legend = rules.some(({ state }) => state === 'open') ? `   ${t.notReached}` : '';
  return [
    `${t.rules(held, rules.length)}${style.dim(legend)}`,
    ...rules.map(({ state, rule }) => lineOf(state, rule[locale])),
  ];
}

function lineOf(state: JudgedRule['state'], rule: string): string {
  if (state === 'held') return `${style.green('✔')} ${rule}`;
  return state === 'broken' ? `${style.red('✘')} ${rule}` : style.dim(`· ${rule}`);
}
