import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Exhibits, Transcript } from '../../kata/exhibits.js';
import { stageOf } from '../view/transcript.js';
import type { Chosen } from '../view/choose.js';
import { codeBlock, escapeText } from './markdown.js';
import { resultsOf } from './results.js';

/** The generated parts of the page of a kata without programs, in the language of the program. */
export function playedContents(locale: Locale, kata: Kata, chosen: Chosen) {
  const cases = chosen.reference?.record.cases ?? [];
  // Of repetitions, the first.
  const shown = cases.filter(({ repetition }) => repetition === 1);
  return {
    results: resultsOf(locale, kata, chosen),
    transcripts: shown
      .flatMap(({ exhibits }) => (exhibits ? columnPart(locale, exhibits) : []))
      .join('\n\n'),
  };
}

function columnPart(locale: Locale, { column, transcripts }: Exhibits): string[] {
  return [
    `#### ${escapeText(column[locale])}`,
    ...transcripts.flatMap((transcript) => transcriptPart(locale, transcript)),
  ];
}

function transcriptPart(locale: Locale, transcript: Transcript): string[] {
  const stage = stageOf(locale, transcript, Number.POSITIVE_INFINITY);
  return [
    `**${escapeText(transcript.title[locale])}**`,
    codeBlock(stage, 'text'),
    escapeText(transcript.meaning[locale]),
  ];
}
