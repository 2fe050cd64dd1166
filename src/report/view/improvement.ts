import { compareTexts } from '../../i18n/compare.js';
import type { Locale } from '../../i18n/text.js';
import type { RunRecord } from '../../kata/run-record.js';
import type { ComparedCase, Ratio } from './comparison.js';

/**
 * Rounds that must all have gone one way: between equals five do so in one comparison of 32, less
 * often than one in twenty.
 */
const fewestRounds = 5;

/** Why a lower p99 was not shown. */
export type NotShown =
  | 'interrupted'
  | 'not-holding'
  | 'generator'
  | 'no-p99'
  | 'few-rounds'
  | 'no-difference'
  | 'higher';

/** What two versions of one program came to, the older one first. */
export type Improvement =
  | { readonly shown: true; readonly p99: Ratio }
  | { readonly shown: false; readonly why: NotShown; readonly p99: Ratio | undefined };

/** Pure: whether the newer version's p99 was lower in every round, of programs that both hold. */
export function improvementOf(
  record: Pick<RunRecord, 'outcome' | 'cases'>,
  [compared]: readonly ComparedCase[],
): Improvement {
  const p99 = compared?.ratios[0]?.ratios.find(({ metric }) => metric === 'p99');
  const why = whyNot(record, p99);
  if (p99 && why === undefined) return { shown: true, p99 };
  return { shown: false, why: why ?? 'no-p99', p99 };
}

export function tellImprovement(locale: Locale, improvement: Improvement): string {
  const t = compareTexts[locale].improvement;
  const { p99 } = improvement;
  const told = p99 && [p99.low, p99.high].map((one) => one.toFixed(2)).join('–');
  if (improvement.shown) return t.shown(improvement.p99.n, told ?? '');
  return t.notShown[improvement.why](told ?? '', fewestRounds);
}

function whyNot(
  { outcome, cases }: Pick<RunRecord, 'outcome' | 'cases'>,
  p99: Ratio | undefined,
): NotShown | undefined {
  if (outcome === 'interrupted') return 'interrupted';
  if (cases.some(({ verdict }) => verdict !== 'holds')) return 'not-holding';
  if (cases.some(({ generator }) => generator?.bound === true)) return 'generator';
  if (p99 === undefined) return 'no-p99';
  if (p99.low > 1) return 'higher';
  if (p99.high >= 1) return 'no-difference';
  return p99.n < fewestRounds ? 'few-rounds' : undefined;
}
