import path from 'node:path';
import { journalTexts } from '../../i18n/journal.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import { print, printJson, printProgress } from './output.js';
import { style } from './style.js';

type Region = keyof (typeof journalTexts)['en']['region'];

/** What `plan doc` did to a page. */
export interface WrittenPage {
  /** Absolute. */
  readonly path: string;
  readonly created: boolean;
  readonly appended: boolean;
  readonly renewed: readonly Region[];
  readonly unchanged: readonly Region[];
  readonly kept: readonly {
    readonly region: Region;
    readonly reason: 'edited' | 'damaged' | 'repeated' | 'removed';
    readonly lines: readonly number[];
  }[];
}

export function journalJson(written: WrittenPage, ticked: readonly string[]): void {
  const { path: file, created, appended, renewed, unchanged, kept } = written;
  printJson({ path: file, created, appended, renewed, unchanged, kept, ticked });
}

/** One line of what was done, then a line for everything that was kept as the learner had it. */
export function reportJournal(
  locale: Locale,
  written: WrittenPage,
  {
    unreadable,
    ticked,
    cwd,
  }: { unreadable: readonly string[]; ticked: readonly string[]; cwd: string },
): void {
  const t = journalTexts[locale];
  for (const folder of unreadable) printProgress(`${style.yellow('!')} ${t.unreadableRun(folder)}`);
  print(`${style.green('✔')} ${doneLine(locale, written, path.relative(cwd, written.path))}`);
  if (written.created) print(`  ${t.openQuestions}`);
  for (const item of ticked) print(`${style.green('✔')} ${runTexts[locale].ticked(item)}`);
  for (const { region, reason, lines } of written.kept) {
    const { what, mend } = keptLine(locale, region, reason, lines.join(', '));
    printProgress(`${style.yellow('!')} ${what}`);
    if (mend !== undefined) printProgress(`  ${mend}`);
  }
}

function doneLine(
  locale: Locale,
  { created, appended, renewed }: WrittenPage,
  file: string,
): string {
  const t = journalTexts[locale];
  if (created) return t.created(file);
  if (appended) return t.appended(file);
  if (renewed.length === 0) return t.unchanged(file);
  return t.renewed(file, renewed.map((region) => t.region[region]).join(', '));
}

function keptLine(
  locale: Locale,
  region: Region,
  reason: WrittenPage['kept'][number]['reason'],
  lines: string,
): { what: string; mend?: string } {
  const t = journalTexts[locale];
  const name = t.region[region];
  switch (reason) {
    case 'edited':
      return { what: t.edited(name, lines) };
    case 'damaged':
      return { what: t.damaged(name, lines), mend: t.damagedMend(region) };
    case 'repeated':
      return { what: t.repeated(name, lines), mend: t.repeatedMend(region) };
    case 'removed':
      return { what: t.removed(name), mend: t.removedMend(region) };
  }
}
