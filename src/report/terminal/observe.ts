import type { PlanError } from '../../base/errors.js';
import { observeTexts } from '../../i18n/observe.js';
import type { Locale } from '../../i18n/text.js';
import { services as facts, type ServiceName } from '../../kata/services.js';
import { print } from './output.js';
import { style } from './style.js';

export function reportGiven(locale: Locale, given: readonly ServiceName[]): void {
  const t = observeTexts[locale];
  for (const name of given) {
    const { title, variable } = facts[name];
    print(`${style.green('✔')} ${t.given(title, variable)}`);
  }
}

/** What could not be had, and how it can; then who draws meanwhile. */
export function reportMissing(locale: Locale, missing: readonly PlanError[]): void {
  const t = observeTexts[locale];
  for (const { message, mend } of missing) {
    print(`${style.yellow('!')} ${message}`);
    if (mend !== undefined) print(`  → ${mend}`);
  }
  if (missing.length > 0) print(`  ${t.drawn}`);
  print(style.dim(t.feeds));
}
