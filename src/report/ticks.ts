import { checklistTexts } from '../i18n/checklist.js';
import { progressTexts } from '../i18n/progress.js';
import { say, texts, type Text } from '../i18n/text.js';
import { print, printProgress } from './output.js';
import { style } from './style.js';
import { foreignRecord } from './view/foreign.js';

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

export function reportTicks(ticks: readonly Tick[], backup: string | undefined): void {
  const t = texts(checklistTexts);
  if (backup !== undefined) printProgress(texts(progressTexts).migrated('progress.json', backup));
  const width = Math.max(...ticks.map(({ id }) => id.length));
  for (const tick of foreignRecord(ticks)) {
    const mark = tick.is ? style.green('✔') : '○';
    const lost =
      tick.was && !tick.is && tick.run !== undefined ? ` (${t.proofLost(tick.run)})` : '';
    print(`${mark} ${tick.id.padEnd(width)}  ${say(tick.label)}: ${outcome(tick)}${lost}`);
  }
}

function outcome({ was, is, date }: Tick): string {
  const t = texts(checklistTexts);
  if (!is) return was ? t.unticked : t.notTicked;
  if (!was) return t.ticked;
  return date === null ? t.already : `${t.already} (${date})`;
}
