import { onwardTexts } from '../../i18n/onward.js';
import { pageTexts } from '../../i18n/page.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { Finding } from '../../kata/findings.js';
import { nameOf, type RunRow } from '../view/rows.js';
import { rulesOf, type JudgedRule } from '../view/rules.js';
import { measuredOf, storiesOf, type Piece } from '../view/stories.js';

interface Props {
  readonly locale: Locale;
  readonly kata: Kata;
  readonly rows: readonly RunRow[];
}

/** What broke and by which operations, what was missing, what was near. */
export function Stories({ locale, kata, rows }: Props) {
  return (
    <>
      {storiesOf(locale, kata, rows).map(({ name, repetition, pieces }) => (
        <article class="story">
          <h3>
            {name} {repetition !== undefined && <small>({repetition})</small>}
          </h3>
          {pieces.map((piece) => (
            <PieceOf {...{ locale, piece }} />
          ))}
        </article>
      ))}
    </>
  );
}

function PieceOf({ locale, piece }: { readonly locale: Locale; readonly piece: Piece }) {
  const t = runTexts[locale];
  switch (piece.kind) {
    case 'acts':
      return <p>{piece.text}</p>;
    case 'error':
      return (
        <div class="broken bad">
          <p class="lines">
            <span class="mark">!</span> {piece.error.what}
          </p>
          {piece.error.mend !== undefined && (
            <p class="lines">
              {pageTexts[locale].mend}: <code>{piece.error.mend}</code>
            </p>
          )}
        </div>
      );
    case 'broken':
      return <Broken {...{ locale, finding: piece.finding }} />;
    case 'missing':
      return (
        <p class="warn">
          <span class="mark">?</span> {t.coverageMissing}: {piece.story}
        </p>
      );
    case 'undecided':
      return (
        <p class="warn">
          <span class="mark">?</span> {piece.finding.rule[locale]}{' '}
          <code>{piece.finding.invariant}</code>
          <br />
          {t.couldNotTell}
          {piece.finding.undecided ? `: ${piece.finding.undecided[locale]}` : ''}
        </p>
      );
    case 'not-shown':
      return (
        <p class="warn">
          <span class="mark">?</span> {t.failureDidNotShow}
        </p>
      );
    case 'near':
      return (
        <p class="soft">
          ≈ {measuredOf(locale, piece.margin)} <code>{piece.invariant}</code>
        </p>
      );
    case 'logs':
      return (
        <p class="soft">
          {t.itsLog}: <code>{piece.files.join(', ')}</code>
        </p>
      );
  }
}

function Broken({ locale, finding }: { readonly locale: Locale; readonly finding: Finding }) {
  const { rule, invariant, witness, act, margin } = finding;
  const t = runTexts[locale];
  return (
    <div class="broken bad">
      <p>
        <span class="mark">✘</span> <strong>{rule[locale]}</strong> <code>{invariant}</code>{' '}
        {act !== undefined && <small>{t.inAct(act)}</small>}
      </p>
      {witness && (
        <blockquote>
          <b class="label">{pageTexts[locale].witness}</b>
          <p class="lines">{witness.story[locale]}</p>
          {witness.lines.length > 0 && <p class="soft">{t.historyLines(witness.lines)}</p>}
        </blockquote>
      )}
      {margin && <p class="soft">{measuredOf(locale, margin)}</p>}
    </div>
  );
}

const marks: Readonly<Record<JudgedRule['state'], string>> = { held: '✔', broken: '✘', open: '·' };

/** What each case was judged by, in the order in which a program meets it. */
export function Rules({ locale, kata, rows }: Props) {
  const t = pageTexts[locale];
  return (
    <>
      {rows.map(({ first }) => {
        const rules = rulesOf(first);
        const held = rules.filter(({ state }) => state === 'held').length;
        return (
          <details>
            <summary>
              {nameOf(kata, first)}: {onwardTexts[locale].rules(held, rules.length)}
            </summary>
            <ul class="rules">
              {rules.map(({ state, rule, invariant }) => (
                <li class={state}>
                  <span class="mark" aria-hidden="true">
                    {marks[state]}
                  </span>{' '}
                  <span class="unseen">{t[state]}: </span>
                  {rule[locale]} <code>{invariant}</code>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}
