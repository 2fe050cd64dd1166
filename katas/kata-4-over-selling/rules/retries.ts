import { finding, lineOf, type Finding, type Text } from '../../../src/kata/index.js';
import type { Story } from '../story.js';

/** "gave up" is for who has lost again and again, not for who found no connection, or no time. */
export function givesUpLast({ asked }: Story, limit = 0): Finding {
  const rule: Text = {
    en: 'Nobody is told "gave up" before all retries are lost.',
    es: 'A nadie se le dice «gave up» antes de perder todos los reintentos.',
  };
  const early = asked.find(({ answer }) => answer?.reason === 'gave-up' && answer.retries < limit);
  if (!early) return finding('gives-up-last', rule, undefined);
  const { buyer } = early.asked;
  const [line, retries] = [lineOf(early), early.answer?.retries ?? 0];
  return finding('gives-up-last', rule, {
    story: {
      en: `${buyer} was told 503 "gave up" after ${retries} retries (history line ${line}); ${limit} were allowed.`,
      es: `a ${buyer} se le dijo 503 «gave up» tras ${retries} reintentos (línea ${line} del historial); se permitían ${limit}.`,
    },
    lines: [line],
  });
}
