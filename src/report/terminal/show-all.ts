import { showTexts } from '../../i18n/show.js';
import type { Locale, Text } from '../../i18n/text.js';
import { columns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style } from './style.js';

/** Everything that `plan show` has a page of. */
export interface Showable {
  readonly katas: readonly { readonly id: string; readonly title: Text }[];
  readonly notes: readonly {
    readonly slug: string;
    readonly item: string | undefined;
    readonly label: Text;
  }[];
}

/** `plan show` alone: the names that it takes. */
export function showAll(locale: Locale, { katas, notes }: Showable): void {
  const t = showTexts[locale];
  const lines = [
    ...section(
      t.theKatas,
      katas.map(({ id, title }) => [id, title[locale]]),
    ),
    '',
    ...section(
      t.theNotes,
      notes.map(({ slug, label }) => [slug, label[locale]]),
    ),
    '',
    `  ${style.dim(t.allHint)}`,
  ];
  print(hang(lines.join('\n'), columns()));
}

export function showAllJson(locale: Locale, { katas, notes }: Showable) {
  return {
    katas: katas.map(({ id, title }) => ({ id, title: title[locale] })),
    notes: notes.map(({ slug, item, label }) => ({
      slug,
      item: item ?? null,
      label: label[locale],
    })),
  };
}

function section(
  title: string,
  rows: readonly (readonly [name: string, told: string])[],
): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    style.bold(title),
    ...rows.map(([name, told]) => `  ${style.cyan(name.padEnd(width))}  ${told}`),
  ];
}
