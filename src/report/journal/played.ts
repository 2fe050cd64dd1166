import { stripVTControlCharacters } from 'node:util';
import { say } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Exhibits, Transcript } from '../../kata/exhibits.js';
import { stageOf } from '../exhibits/transcript.js';
import type { Chosen } from './choose.js';
import { codeBlock, escapeText } from './markdown.js';
import { resultsOf } from './results.js';

/** The generated parts of the page of a kata without programs, in the language of the program. */
export function playedContents(kata: Kata, chosen: Chosen) {
  const cases = chosen.reference?.record.cases ?? [];
  // Of repetitions, the first.
  const shown = cases.filter(({ repetition }) => repetition === 1);
  return {
    results: resultsOf(kata, chosen),
    transcripts: shown
      .flatMap(({ exhibits }) => (exhibits ? columnPart(exhibits) : []))
      .join('\n\n'),
  };
}

function columnPart({ column, transcripts }: Exhibits): string[] {
  return [`#### ${escapeText(say(column))}`, ...transcripts.flatMap(transcriptPart)];
}

function transcriptPart(transcript: Transcript): string[] {
  const stage = stripVTControlCharacters(stageOf(transcript, Number.POSITIVE_INFINITY));
  return [
    `**${escapeText(say(transcript.title))}**`,
    codeBlock(stage, 'text'),
    escapeText(say(transcript.meaning)),
  ];
}
