import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Verdict } from '../../kata/findings.js';
import type { RunRow } from './rows.js';

export const verdictMarks: Readonly<Record<Verdict, string>> = {
  holds: '✔',
  violated: '✘',
  inconclusive: '?',
  error: '!',
};

/** Each verdict of a row by its name, and in how many of the repetitions: `holds 50 of 50`. */
export function verdictsOf(
  locale: Locale,
  { verdicts, cases }: RunRow,
): { verdict: Verdict; told: string }[] {
  const t = runTexts[locale];
  return [...verdicts].map(([verdict, count]) => ({
    verdict,
    told: cases.length > 1 ? `${t[verdict]} ${t.times(count, cases.length)}` : t[verdict],
  }));
}

/** `generator-bound`, and in how many of the repetitions; undefined where it was in none. */
export function generatorNote(
  locale: Locale,
  { generatorBound, cases }: RunRow,
): string | undefined {
  const t = runTexts[locale];
  if (generatorBound === 0) return undefined;
  if (cases.length === 1) return t.generatorBound;
  return `${t.generatorBound} ${t.times(generatorBound, cases.length)}`;
}
