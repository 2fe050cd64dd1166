import type { Child } from 'hono/jsx';
import { pageTexts } from '../../i18n/page.js';
import type { Locale } from '../../i18n/text.js';
import type { Column } from '../view/columns.js';

/** Without ranks: a page has room, and scrolls. */
export interface HtmlColumn<Row> extends Omit<Column<Row>, 'rank' | 'cell'> {
  readonly cell: (row: Row) => Child;
}

interface Props<Row> {
  readonly locale: Locale;
  readonly caption: string;
  readonly columns: readonly HtmlColumn<Row>[];
  readonly rows: readonly Row[];
}

/** A column without a single entry is left out. */
export function Table<Row>({ locale, caption, columns, rows }: Props<Row>) {
  const filled = columns
    .map((column) => ({ ...column, cells: rows.map(column.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return (
    <div class="scroll" role="region" tabindex={0} aria-label={pageTexts[locale].scroll(caption)}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {filled.map(({ head, align }) => (
              <th scope="col" class={align === 'left' ? 'left' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((_, row) => (
            <tr>
              {filled.map(({ align, cells }, at) =>
                at === 0 ? (
                  <th scope="row" class="left">
                    {cells[row]}
                  </th>
                ) : (
                  <td class={align === 'left' ? 'left' : undefined}>{cells[row]}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
