import { checklistTexts } from '../../i18n/checklist.js';
import type { Locale } from '../../i18n/text.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style } from './style.js';

/** What `plan init` did, and what is there now. */
export interface InitTold {
  readonly did: 'made' | 'changed' | 'nothing';
  readonly file: string;
  readonly startedOn: string | null;
  readonly locale: string | null;
  /** How many items are done. */
  readonly done: number;
  readonly ignore?: 'made' | 'named' | 'other';
  /** Where the unreadable file that was in the way is kept. */
  readonly kept?: string;
  /** The root that counted here until now. */
  readonly above?: string;
}

export function reportInit(locale: Locale, told: InitTold): void {
  const t = checklistTexts[locale];
  const head = { made: t.made, changed: t.changed, nothing: t.here }[told.did](told.file);
  const lines = [
    told.did === 'nothing' ? head : `${style.green('✔')} ${head}`,
    ...(told.kept === undefined ? [] : [t.keptBroken(told.kept)]),
    ...(told.above === undefined ? [] : [t.above(told.above)]),
    ...(told.ignore === 'made' ? [t.madeIgnore] : []),
    ...(told.ignore === 'other' ? [t.hintIgnore] : []),
    told.startedOn === null ? t.notStarted : t.started(told.startedOn),
    ...(told.locale === null ? [] : [t.inLocale(told.locale)]),
    ...(told.done === 0 ? [] : [t.doneSoFar(told.done)]),
    t.thenNext,
  ];
  print(hang(lines.join('\n  '), terminalColumns()));
}
