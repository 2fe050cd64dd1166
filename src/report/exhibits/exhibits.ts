import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import { hang } from '../hang.js';
import { verdictCell } from '../run.js';
import type { RunRow } from '../run-rows.js';
import { renderTable, type TableColumn } from '../table.js';
import { matrixOf, paintCell, type MatrixRow } from './matrix.js';
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
  const columns: TableColumn<MatrixRow>[] = [
    { head: '', align: 'left', rank: 0, key: true, cell: ({ name }) => name },
    { head: '', align: 'left', rank: 2, cell: ({ title }) => title },
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
