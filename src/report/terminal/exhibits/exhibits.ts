import { runTexts } from '../../../i18n/run.js';
import type { Locale } from '../../../i18n/text.js';
import { style } from '../style.js';
import { hang } from '../hang.js';
import { verdictCell } from '../verdict.js';
import type { RunRow } from '../../view/rows.js';
import { renderTable } from '../table.js';
import type { Column } from '../../view/columns.js';
import { matrixOf, type MatrixCell, type MatrixRow } from '../../view/matrix.js';
import { renderTranscript } from './transcript.js';

/** The matrix with its verdicts, and the transcripts that the run was asked for; empty without any. */
export function renderExhibits(locale: Locale, rows: readonly RunRow[], width: number): string[] {
  const matrix = matrixOf(locale, rows);
  if (!matrix) return [];
  const t = runTexts[locale];
  const verdicts: MatrixRow = {
    name: '',
    title: t.verdict,
    cells: matrix.columns.map(({ row }) => ({ text: verdictCell(locale, row), isWrong: false })),
  };
  const columns: Column<MatrixRow>[] = [
    { head: '', align: 'left', rank: 0, key: true, cell: ({ name }) => name },
    { head: '', align: 'left', rank: 1, cell: ({ title }) => title },
    ...matrix.columns.map(({ head }, at) => ({
      head,
      align: 'left' as const,
      rank: 1,
      cell: ({ cells }: MatrixRow) => {
        const cell = cells[at];
        return cell ? paintCell(cell) : '';
      },
    })),
  ];
  const transcripts = rows.flatMap(({ cases }) => {
    const told = cases.find(({ asExpected }) => !asExpected) ?? cases[0];
    return told?.exhibits?.transcripts.filter((one) => one.told) ?? [];
  });
  return [
    renderTable(locale, columns, [...matrix.rows, verdicts], width),
    hang(`  ${matrix.legend}`, width),
    ...transcripts.map((transcript) => renderTranscript(locale, transcript, width)),
  ];
}

function paintCell({ text, isWrong }: MatrixCell): string {
  if (isWrong) return style.red(text);
  return text.startsWith('–') ? style.yellow(text) : text;
}
