import { formatMs } from '../../base/units.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { GeneratorRecord } from '../../kata/run-record.js';
import type { RunRow } from './rows.js';
import { nameOf } from './rows.js';

/**
 * What the load was short of: requests that went late or never, connections that could not be; and
 * what else is worth knowing of a case.
 */
export function loadNotes(locale: Locale, kata: Kata, rows: readonly RunRow[]): string[] {
  const t = runTexts[locale];
  const notes = rows.flatMap(({ first, cases }) => {
    const known = cases.flatMap(({ generator }) => generator ?? []);
    return [...lateNotes(locale, nameOf(kata, first), known), ...limitNotes(known)];
  });
  const told = rows.flatMap(({ cases }) =>
    cases.flatMap((one) => (one.notices ?? []).map((notice) => `  ${one.slug}: ${notice[locale]}`)),
  );
  // Of several rows the same machine allows the same.
  return [...[...new Set(notes)].map((note) => `  ${t.load}: ${note}`), ...told];
}

function lateNotes(locale: Locale, name: string, known: readonly GeneratorRecord[]): string[] {
  const t = runTexts[locale];
  const lates = known.flatMap(({ late }) => late ?? []);
  if (lates.length === 0) return [];
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  const count = sum(lates.map((late) => late.count));
  const unsent = sum(known.map((one) => one.unsent));
  const forUser = sum(lates.map((late) => late.forUser));
  const most = formatMs(Math.max(...lates.map(({ maxMs }) => maxMs)));
  const late = count === 0 ? t.noneLate(name) : t.someLate(name, count, forUser, most);
  return [unsent === 0 ? late : `${late} ${t.unsent(unsent)}`];
}

function limitNotes(known: readonly GeneratorRecord[]): string[] {
  return known.flatMap(({ limits = [] }) => limits.map(({ what, mend }) => `${what} → ${mend}`));
}
