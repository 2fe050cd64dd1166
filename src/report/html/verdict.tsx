import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Verdict } from '../../kata/findings.js';
import type { RunRow } from '../view/rows.js';
import { generatorNote, verdictMarks, verdictsOf } from '../view/verdict.js';

export type Tone = 'good' | 'bad' | 'warn';

/** A mark, words, and a colour that says the same again. */
export function VerdictOf({ locale, row }: { readonly locale: Locale; readonly row: RunRow }) {
  const t = runTexts[locale];
  const isExpected = row.asExpected && row.verdicts.has('violated');
  const notes = [
    ...(isExpected ? [t.asExpected] : []),
    ...(row.asExpected ? [] : [t.notAsExpected]),
    ...[generatorNote(locale, row) ?? []].flat(),
  ];
  return (
    <span class={`verdict ${toneOf(row)}`}>
      {verdictsOf(locale, row).map(({ verdict, told }) => (
        <>
          <span class="mark" aria-hidden="true">
            {verdictMarks[verdict]}
          </span>{' '}
          {told}{' '}
        </>
      ))}
      {notes.length > 0 && <small>{notes.join(', ')}</small>}
    </span>
  );
}

export function toneOf({ asExpected, verdicts }: Pick<RunRow, 'asExpected' | 'verdicts'>): Tone {
  const [only, ...others]: readonly Verdict[] = [...verdicts.keys()];
  if (asExpected) return verdicts.has('violated') ? 'warn' : 'good';
  return only === 'inconclusive' && others.length === 0 ? 'warn' : 'bad';
}
