import { finding, lineOf, type Finding, type History, type Text } from '../../../src/kata/index.js';
import type { Malformed } from '../notes.js';

/** What a request without an amount was answered that was not 400. */
interface Taken {
  readonly status: number;
  readonly text: string;
}

/** A body that is no amount is refused with 400: it is no deposit of nothing, and no debt. */
export function refusesWhatIsNoAmount(history: History): Finding {
  const rule: Text = {
    en: 'What is no whole number from 1 to 1,000,000,000 is refused with 400.',
    es: 'Lo que no es un número entero de 1 a 1 000 000 000 se rechaza con 400.',
  };
  const taken = history
    .operations<Malformed, Taken>('malformed')
    .find(({ outcome }) => outcome === 'ok');
  if (!taken?.answer) return finding('refuses-what-is-no-amount', rule, undefined);
  const line = lineOf(taken);
  const { account, body } = taken.asked;
  const sent = body === '' ? { en: 'no body', es: 'sin cuerpo' } : { en: body, es: body };
  const { status } = taken.answer;
  return finding('refuses-what-is-no-amount', rule, {
    story: {
      en: `a deposit to ${account} with ${sent.en} was answered ${status} and not 400 (history line ${line}).`,
      es: `un ingreso en ${account} con ${sent.es} se respondió con ${status} y no con 400 (línea ${line} del historial).`,
    },
    lines: [line],
  });
}
