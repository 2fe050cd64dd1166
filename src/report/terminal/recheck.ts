import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Verdict } from '../../kata/findings.js';
import type { RunRecord } from '../../kata/run-record.js';
import { print } from './output.js';
import { runBody } from './run.js';
import type { Rest } from './table.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

interface Changed {
  readonly slug: string;
  readonly before: Verdict;
  readonly now: Verdict;
}

/** The stored run with the verdicts of now, and where they differ from those of then. */
export function reportRecheck(
  locale: Locale,
  kata: Kata,
  told: RunRecord,
  changed: readonly Changed[],
  rest: Rest = 'below',
): void {
  const t = runTexts[locale];
  const record = foreignRecord(told);
  const verdicts =
    changed.length === 0
      ? [style.green(`✔ ${t.recheckSame}`)]
      : foreignRecord(changed).map(({ slug, before, now }) =>
          style.red(`✘ ${t.recheckDiffers(slug, t[before], t[now])}`),
        );
  print(
    [
      ...runBody(locale, kata, record, { rest }),
      verdicts.map((line) => `  ${line}`).join('\n'),
      '',
    ].join('\n\n'),
  );
}
