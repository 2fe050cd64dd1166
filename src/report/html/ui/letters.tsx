import { dlqTexts } from '../../../i18n/dlq.js';
import { uiTexts } from '../../../i18n/ui.js';
import type { DeadLetter } from '../../../kata/dead-letters.js';
import type { Kata } from '../../../kata/define.js';
import { foreignRecord } from '../../view/foreign.js';
import { headOf } from '../../view/head.js';
import { attemptsOf, bodyOf } from '../../view/letters.js';
import { Table, type HtmlColumn } from '../table.js';
import { linkTo, served, type Place } from './shell.js';

type Letter = DeadLetter & { readonly n: number };

export interface LettersView {
  readonly kata: Kata;
  readonly run: string;
  readonly cases: readonly {
    readonly record: { readonly slug: string };
    readonly letters: readonly Letter[];
  }[];
}

/** What each case of a run gave up. */
export function lettersPage(place: Place, { kata, run, ...told }: LettersView): string {
  const { locale } = place;
  const t = dlqTexts[locale];
  const cases = told.cases.map(({ record, letters }) =>
    foreignRecord({ slug: record.slug, letters }),
  );
  const columns: HtmlColumn<Letter>[] = [
    { head: t.n, cell: ({ n }) => String(n) },
    { head: t.id, align: 'left', cell: ({ id }) => (id === '' ? t.unknown : id) },
    { head: t.reason, align: 'left', cell: ({ reason }) => reason ?? t.unknown },
    { head: t.attempts, cell: (letter) => attemptsOf(locale, letter) },
    {
      ...{ head: uiTexts[locale].body, align: 'left' },
      cell: ({ body }) => <code>{bodyOf(body)}</code>,
    },
  ];
  return served(
    place,
    uiTexts[locale].letters,
    <>
      <p class="kicker">
        <a href={linkTo(place, `runs/${run}`)}>{headOf(locale, kata)}</a>
      </p>
      <h1>{uiTexts[locale].letters}</h1>
      {cases.length === 0 && <p>{t.noneInRun(run)}</p>}
      {cases.map(({ slug, letters }) => (
        <section>
          <h2>{slug}</h2>
          <Table {...{ locale, columns, rows: letters, caption: slug }} />
        </section>
      ))}
    </>,
  );
}
