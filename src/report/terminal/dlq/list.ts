import { dlqTexts } from '../../../i18n/dlq.js';
import type { Locale } from '../../../i18n/text.js';
import type { DeadLetter } from '../../../kata/dead-letters.js';
import { hang } from '../hang.js';
import { print, printJson } from '../output.js';
import { renderTable, type Rest } from '../table.js';
import type { Column } from '../../view/columns.js';
import { ageOf, attemptsOf, bodyOf, clockOf, sizeOf } from '../../view/letters.js';
import { style } from '../style.js';
import { foreignRecord } from '../../view/foreign.js';

export type NumberedLetter = DeadLetter & { readonly n: number };

export interface ListedLetters {
  readonly kata: string;
  /** As people would type it. */
  readonly run: string;
  readonly slug: string;
  readonly letters: readonly NumberedLetter[];
  /** Of the same run, with how many letters each. */
  readonly others: readonly { readonly slug: string; readonly count: number }[];
}

/** One line a letter: what a person on call looks at first. */
export function reportLetters(locale: Locale, listed: ListedLetters, rest: Rest = 'below'): void {
  const { kata, run, slug, letters, others } = foreignRecord(listed);
  const t = dlqTexts[locale];
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const now = Date.now();
  const title = style.bold(t.title(kata.replace('kata-', 'Kata '), run, slug));
  const lines = [
    title,
    renderTable(locale, columnsOf(locale, now), letters, width, rest),
    ...others.map((one) => `  ${t.otherCases(one.count, one.slug)}`),
    hang(`  ${t.hint}`, width),
  ];
  print(`${lines.join('\n\n')}\n`);
}

/** A replay brought all of them through. */
export function reportNoLetters(locale: Locale, run: string): void {
  print(dlqTexts[locale].allDone(run));
}

export function lettersJson(listed: ListedLetters | undefined): void {
  printJson(listed ?? { letters: [] });
}

function columnsOf(locale: Locale, now: number): Column<NumberedLetter>[] {
  const t = dlqTexts[locale];
  const at = (letter: DeadLetter, which: 0 | -1): string =>
    clockOf(locale, letter.attempts.at(which)?.at);
  return [
    { head: t.n, rank: 0, key: true, cell: ({ n }) => String(n) },
    { head: t.id, align: 'left', rank: 0, cell: ({ id }) => (id === '' ? t.unknown : id) },
    { head: t.reason, align: 'left', rank: 0, cell: ({ reason }) => reason ?? t.unknown },
    { head: t.attempts, rank: 1, cell: (letter) => attemptsOf(locale, letter) },
    { head: t.first, rank: 3, cell: (letter) => at(letter, 0) },
    { head: t.last, rank: 2, cell: (letter) => at(letter, -1) },
    { head: t.age, rank: 2, cell: ({ attempts }) => ageOf(locale, attempts.at(-1)?.at, now) },
    { head: t.size, rank: 4, cell: ({ body }) => String(sizeOf(body)) },
    { head: t.body, align: 'left', rank: 4, cell: ({ body }) => bodyOf(body) },
  ];
}
