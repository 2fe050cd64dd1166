import { compareTexts } from '../../i18n/compare.js';
import { pageTexts } from '../../i18n/page.js';
import type { Locale } from '../../i18n/text.js';
import type { LatencyCurve } from '../../kata/run-record.js';
import { ratioColumns, sideColumns } from '../view/compared-columns.js';
import type { ComparedCase, Side } from '../view/comparison.js';
import { tellLimit } from '../view/limit.js';
import { languageNames } from '../view/sides.js';
import { Curves } from './curves.js';
import { Table, type HtmlColumn } from './table.js';
import { VerdictOf } from './verdict.js';

interface Props {
  readonly locale: Locale;
  readonly compared: readonly ComparedCase[];
  readonly curveOf: (slug: string) => LatencyCurve;
}

/** One case in several languages or versions: figures, ratios with their spread, what was the limit. */
export function Comparison({ locale, compared, curveOf }: Props) {
  return (
    <>
      {compared.map(({ name, sides, ratios }) => {
        const columns: HtmlColumn<Side>[] = sideColumns(locale, sides, {
          unit: ' ms',
          verdict: () => '',
        }).map((column, at, all) =>
          at < all.length - 1
            ? column
            : { ...column, cell: ({ row }: Side) => <VerdictOf {...{ locale, row }} /> },
        );
        return (
          <article>
            <h3>{name}</h3>
            <Table {...{ locale, columns, caption: name, rows: sides }} />
            {ratios.length > 0 && (
              <Table
                {...{ locale, columns: ratioColumns(locale, ratios), rows: ratios }}
                caption={`${name}: ${pageTexts[locale].compared}`}
              />
            )}
            <Curves
              {...{ locale, title: compareTexts[locale].curveTitle('', name).trim() }}
              sides={sides.map(({ language, row }) => ({
                label: languageNames[language] ?? language,
                rounds: row.cases.map(({ slug }) => curveOf(slug)),
                n: Math.min(...row.cases.flatMap(({ latency }) => latency?.n ?? [])),
              }))}
            />
            <h4>{pageTexts[locale].limitedBy}</h4>
            <ul>
              {sides.map(({ language, limit }) => (
                <li>
                  <b>{languageNames[language] ?? language}</b>: {tellLimit(locale, limit)}
                </li>
              ))}
            </ul>
          </article>
        );
      })}
    </>
  );
}
