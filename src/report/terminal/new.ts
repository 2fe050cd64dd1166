import { scaffoldTexts } from '../../i18n/scaffold.js';
import type { Locale } from '../../i18n/text.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style } from './style.js';

/** Routes answer 501; messages are consumed, and offered again. */
export type UntilWritten = 'answers' | 'consumes' | 'both';

interface Made {
  readonly language: string;
  /** What it does until it is written. */
  readonly untilWritten: UntilWritten;
  /** As the learner wrote it. */
  readonly folder: string;
  readonly files: readonly string[];
  /** The command to type now. */
  readonly next: string;
  /** Of a system: roles that are not laid down. */
  readonly others?: readonly string[];
}

/** What `plan new` has laid down, and what to do with it. */
export function reportNew(
  locale: Locale,
  { language, untilWritten, folder, files, next, others = [] }: Made,
): void {
  const t = scaffoldTexts[locale];
  const width = terminalColumns();
  const hint = language === 'command' ? t.honestCommand : t.honest[untilWritten];
  print(
    [
      t.made(folder),
      ...files.map((file) => `  ${file}`),
      '',
      hang(hint, width),
      ...(others.length > 0 ? [hang(t.others(others.join(', ')), width)] : []),
      '',
      `${t.next}:  ${style.bold(next)}`,
    ].join('\n'),
  );
}
