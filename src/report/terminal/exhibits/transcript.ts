import type { Locale } from '../../../i18n/text.js';
import type { Transcript } from '../../../kata/exhibits.js';
import { stageOf, type Paint } from '../../view/transcript.js';
import { hang } from '../hang.js';
import { style } from '../style.js';

const indent = '  ';

/** Title, the parties side by side with time downwards, and what it means. */
export function renderTranscript(locale: Locale, transcript: Transcript, width: number): string {
  return [
    `${indent}${style.bold(transcript.title[locale])}`,
    stageOf(locale, transcript, width, painted),
    hang(`${indent}${transcript.meaning[locale]}`, width),
  ].join('\n\n');
}

const painted: Paint = (text, kind) => {
  switch (kind) {
    case 'does':
      return text;
    case 'gets':
      return style.cyan(text);
    case 'waits':
      return style.yellow(text);
    case 'fails':
      return style.red(text);
    case 'frame':
      return style.dim(text);
  }
};
