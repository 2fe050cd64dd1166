import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Transcript } from '../../kata/exhibits.js';
import { matrixOf, type MatrixRow } from '../view/matrix.js';
import type { RunRow } from '../view/rows.js';
import { Table, type HtmlColumn } from './table.js';
import { VerdictOf } from './verdict.js';

interface Props {
  readonly locale: Locale;
  readonly rows: readonly RunRow[];
}

/** The cases side by side, and beneath it how each cell came about. Nothing where a kata has none. */
export function Matrix({ locale, rows }: Props) {
  const matrix = matrixOf(locale, rows);
  if (!matrix) return null;
  const t = runTexts[locale];
  const left = (head: string, cell: HtmlColumn<MatrixRow>['cell']): HtmlColumn<MatrixRow> => ({
    ...{ head, cell, align: 'left' },
  });
  const last: MatrixRow = { name: '', title: t.verdict, cells: [] };
  const columns = [
    left('', ({ name, title }) => (
      <>
        {name} <small>{title}</small>
      </>
    )),
    ...matrix.columns.map(({ head, row }, at) =>
      left(head, (one) => {
        if (one === last) return <VerdictOf {...{ locale, row }} />;
        const cell = one.cells[at];
        return cell?.isWrong === true ? (
          <span class="verdict bad">{cell.text}</span>
        ) : (
          (cell?.text ?? '')
        );
      }),
    ),
  ];
  const told = rows.flatMap(({ cases }) => {
    const { exhibits } = cases.find(({ asExpected }) => !asExpected) ?? cases[0] ?? {};
    return exhibits ? [exhibits] : [];
  });
  return (
    <>
      <div class="matrix">
        <Table {...{ locale, columns, caption: t.verdict, rows: [...matrix.rows, last] }} />
      </div>
      <p>{matrix.legend}</p>
      {told.map(({ column, transcripts }) => (
        <details open={transcripts.some((one) => one.told)}>
          <summary>{column[locale]}</summary>
          {transcripts.map((transcript) => (
            <Stage {...{ locale, transcript }} />
          ))}
        </details>
      ))}
    </>
  );
}

/** The terminal's sign of waiting is in few fonts of a page; this one, of the interleavings, in all. */
const printed = (text: string): string => text.replaceAll('⏸', '‖');

function Stage({
  locale,
  transcript,
}: {
  readonly locale: Locale;
  readonly transcript: Transcript;
}) {
  const { title, parties, moments, meaning } = transcript;
  const names = parties.map((party) => party[locale]);
  return (
    <figure class="interleaving">
      <figcaption>
        <h3>{title[locale]}</h3>
      </figcaption>
      <div class={`lanes of-${names.length}`} aria-hidden="true">
        <span class="time"></span>
        {names.map((name) => (
          <span class="lane">
            <b>{name}</b>
          </span>
        ))}
      </div>
      <ol class={`steps of-${names.length}`}>
        {moments.map(({ party, said }) => (
          <li class={`lane-${party}`}>
            <span class="time"></span>
            <div class="said">
              <b class="who">{names[party] ?? ''}</b>
              {said.map(({ kind, text }) =>
                kind === 'does' ? (
                  <code>{text[locale]}</code>
                ) : (
                  <span class={`more ${kind}`}>{printed(text[locale])}</span>
                ),
              )}
            </div>
          </li>
        ))}
      </ol>
      <p>{meaning[locale]}</p>
    </figure>
  );
}
