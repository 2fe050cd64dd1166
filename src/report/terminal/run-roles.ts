import { formatMegabytes } from '../../base/units.js';
import { castTexts } from '../../i18n/cast.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { ImplementationRecord, Resources } from '../../kata/run-record.js';
import { playedBy, type RunRow } from '../view/rows.js';
import { nameOf } from '../view/rows.js';
import { renderTable } from './table.js';

interface RoleRow {
  readonly strategy: string;
  readonly role: string;
  readonly of: ImplementationRecord;
  readonly used: NonNullable<Resources['roles']>[string] | undefined;
}

/** Of a system: who played which role, and what that took. Undefined where there is none. */
export function rolesTable(
  locale: Locale,
  kata: Kata,
  rows: readonly RunRow[],
  width: number,
): string | undefined {
  const each = rows.flatMap(({ first }): RoleRow[] =>
    Object.entries(first.cast ?? {}).map(([role, of]) => ({
      ...{ strategy: nameOf(kata, first), role, of },
      used: first.resources?.roles?.[role],
    })),
  );
  if (each.length === 0) return undefined;
  const t = { ...runTexts[locale], ...castTexts[locale] };
  return renderTable(
    locale,
    [
      { head: t.strategy, align: 'left', rank: 0, key: true, cell: ({ strategy }) => strategy },
      { head: t.role, align: 'left', rank: 0, key: true, cell: ({ role }) => role },
      {
        head: t.plays,
        align: 'left',
        rank: 0,
        cell: ({ of }) => `${playedBy(locale, of)}, ${of.runtime}`,
      },
      { head: t.cpu, rank: 1, cell: ({ used }) => (used ? `${used.cpuMs} ms` : '') },
      {
        head: t.memory,
        rank: 1,
        cell: ({ used }) => (used ? formatMegabytes(used.peakRssBytes) : ''),
      },
    ],
    each,
    width,
  );
}
