import { runningTexts } from '../../i18n/running.js';
import type { Locale } from '../../i18n/text.js';
import { printProgress } from './output.js';
import { style } from './style.js';

/** What was ended of a killed `plan`, and what could not be; on stderr. */
export function reportRecovery(
  locale: Locale,
  {
    ended,
    kept,
  }: {
    ended: readonly string[];
    kept: readonly string[];
  },
): void {
  if (ended.length > 0) printProgress(style.dim(runningTexts[locale].recovered(ended.join(', '))));
  for (const problem of kept) printProgress(`${style.yellow('!')} ${problem}`);
}
