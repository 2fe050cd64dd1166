import { sequenceTexts } from '../../i18n/sequence.js';
import type { Locale } from '../../i18n/text.js';
import { translated } from '../../i18n/words.js';
import { client, type Sequence, type Step } from '../../kata/sequence/index.js';

/** What a step says, beside the lanes that it is between. */
export function labelOf(locale: Locale, step: Step): string {
  const t = sequenceTexts[locale];
  if (step.kind === 'does') return step.what;
  if (step.kind === 'suffers') return t.of(step.role, translated(t.befell, step.what));
  const what = translated(t.said, step.what);
  return 'again' in step && step.again ? `${what} (${t.again})` : what;
}

/** The client in the language of the program, roles by their names. */
export const laneName = (locale: Locale, lane: string): string =>
  lane === client ? sequenceTexts[locale].client : lane;

/** A step that goes on as before. */
export const isRelief = ({ kind, what }: Step): boolean =>
  kind === 'suffers' && ['started', 'healed', 'stopped'].includes(what);

/** Milliseconds since the first step. */
export function sinceFirst({ steps: [first] }: Sequence, { at }: Step): string {
  return ((at - (first?.at ?? at)) / 1000).toFixed(1);
}
