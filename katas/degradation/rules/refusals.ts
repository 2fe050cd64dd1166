import { finding, holds, type Finding, type Text } from '../../../src/kata/index.js';
import { comesBackWithin } from '../contract.js';
import type { Story } from '../story.js';

/** A place is free again in a moment: sent back at once all storm in, sent away for long nobody comes. */
export function refusalsSayWhen(story: Story): Finding {
  const name = 'refusals-say-when';
  const { least, most } = comesBackWithin;
  const rule: Text = {
    en: `Whoever is refused a place is told to come back in ${least} to ${most} seconds.`,
    es: `A quien se niega una plaza se le dice que vuelva en ${least} a ${most} segundos.`,
  };
  const wrong = story.all.find(({ answer }) => {
    const seconds = answer?.retryAfter ?? least;
    return answer?.status === 503 && (seconds < least || seconds > most);
  });
  if (!wrong) return holds(name, rule);
  const seconds = wrong.answer?.retryAfter;
  return finding(name, rule, {
    story: {
      en: `${wrong.id} got 503 with Retry-After: ${seconds}; a place is free again within a second.`,
      es: `${wrong.id} recibió 503 con Retry-After: ${seconds}; en menos de un segundo vuelve a haber plaza.`,
    },
    lines: [wrong.line],
  });
}
