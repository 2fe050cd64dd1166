import { checklistTexts } from '../../i18n/checklist.js';
import { progressTexts } from '../../i18n/progress.js';
import type { Locale, Text } from '../../i18n/text.js';
import { print, printProgress } from './output.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

/** An item before and after `plan check` or `plan uncheck`. */
export interface Tick {
  readonly id: string;
  readonly label: Text;
  readonly was: boolean;
  readonly is: boolean;
  readonly date: string | null;
  /** The run that had proved it. */
  readonly run: string | undefined;
}

export function reportTicks(
  locale: Locale,
  ticks: readonly Tick[],
  backup: string | undefined,
): void {
  const t = checklistTexts[locale];
  if (backup !== undefined) printProgress(progressTexts[locale].migrated('progress.json', backup));
  const width = Math.max(...ticks.map(({ id }) => id.length));
  for (const tick of foreignRecord(ticks)) {
    const mark = tick.is ? style.green('✔') : '○';
    const lost =
      tick.was && !tick.is && tick.run !== undefined ? ` (${t.proofLost(tick.run)})` : '';
    print(
      `${mark} ${tick.id.padEnd(width)}  ${tick.label[locale]}: ${outcome(locale, tick)}${lost}`,
    );
  }
}

function outcome(locale: Locale, { was, is, date }: Tick): string {
  const t = checklistTexts[locale];
  if (!is) return was ? t.unticked : t.notTicked;
  if (!was) return t.ticked;
  return date === null ? t.already : `${t.already} (${date})`;
}
