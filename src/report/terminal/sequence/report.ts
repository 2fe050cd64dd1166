import { sequenceTexts } from '../../../i18n/sequence.js';
import type { Locale, Text } from '../../../i18n/text.js';
import type { Sequence } from '../../../kata/sequence/index.js';
import { hang } from '../hang.js';
import { print, printJson } from '../output.js';
import { style } from '../style.js';
import { foreignRecord } from '../../view/foreign.js';
import { drawSequence } from './drawing.js';

export interface ShownSequences {
  readonly kata: string;
  /** As people would type it. */
  readonly run: string;
  readonly noun: Text;
  readonly cases: readonly {
    readonly slug: string;
    readonly strategy: string;
    /** All that there are, and those of them that did not end. */
    readonly all: number;
    readonly stuck: readonly string[];
    readonly shown: readonly Sequence[];
  }[];
}

/** Each with its lanes; what else there is, in a line. */
export function reportSequences(locale: Locale, given: ShownSequences, isOfStuck: boolean): void {
  const { kata, run, noun, cases } = foreignRecord(given);
  const t = sequenceTexts[locale];
  const width = process.stdout.columns || 80;
  const parts = [style.bold(t.title(kata.replace('kata-', 'Kata '), run))];
  for (const { slug, all, stuck, shown } of cases) {
    for (const one of shown) {
      const state = one.end === undefined ? style.red(t.notEnded) : t.ended(one.end);
      parts.push(
        hang(`${style.bold(t.head(slug, noun[locale], one.subject))} · ${state}`, width),
        drawSequence(locale, one, width).join('\n'),
      );
    }
    const others = stuck.filter((name) => !shown.some(({ subject }) => subject === name));
    if (isOfStuck && others.length > 0) parts.push(hang(t.moreStuck(others.join(', ')), width));
    else if (!isOfStuck) parts.push(hang(`${slug}: ${t.count(all, stuck.length)}`, width));
  }
  const isAnyShown = cases.some(({ shown }) => shown.length > 0);
  if (isAnyShown) parts.push(hang(t.legend, width), t.hint);
  else parts.push(t.noneStuck);
  print(`${parts.join('\n\n')}\n`);
}

export function sequencesJson(shown: ShownSequences): void {
  printJson(shown);
}
