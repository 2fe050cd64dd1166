import type { Text } from '../../i18n/text.js';
import type { Problem } from '../history.js';

/** Why there is no answer, in a few words. What a machine or a program said stays as it was said. */
export function detailOf(problem: Problem | undefined): Text {
  const { detail = '', withinMs, toAnybody } = problem ?? {};
  if (withinMs === undefined) return { en: detail, es: detail };
  const seconds = withinMs / 1000;
  if (toAnybody)
    return {
      en: `no answer to anybody within ${seconds} s`,
      es: `ninguna respuesta a nadie en ${seconds} s`,
    };
  return { en: `no answer within ${seconds} s`, es: `sin respuesta en ${seconds} s` };
}
