import { newKataTexts } from '../../i18n/new-kata.js';
import type { Locale } from '../../i18n/text.js';
import { print } from './output.js';
import { style } from './style.js';

interface Made {
  readonly id: string;
  /** As the author wrote it. */
  readonly folder: string;
  readonly files: readonly string[];
  /** Whether editors find the types of the contract. */
  readonly hasTypes: boolean;
  /** The commands to type now: run it, prove it. */
  readonly next: readonly string[];
  readonly page: string;
  /** Of several services. */
  readonly isSystem: boolean;
}

/** What `plan new-kata` has laid down, and what to do with it. */
export function reportNewKata(
  locale: Locale,
  { id, folder, files, hasTypes, next, page, isSystem }: Made,
): void {
  const t = newKataTexts[locale];
  const parts = (isSystem ? t.systemParts : t.parts).map(
    ([name, what]) => `  ${name.padEnd(15)}${what}`,
  );
  const [run = '', check = ''] = next;
  const width = Math.max(run.length, check.length);
  print(
    [
      t.made(folder, id),
      ...files.map((file) => `  ${file}`),
      '',
      isSystem ? t.systemRuns : t.runs,
      ...parts,
      '',
      hasTypes ? t.typesFound : t.typesNotFound,
      t.page(page),
      '',
      `${t.next}:  ${style.bold(run.padEnd(width))}   ${t.run}`,
      `${' '.repeat(t.next.length)}   ${style.bold(check.padEnd(width))}   ${t.check}`,
    ].join('\n'),
  );
}
