import type { Child } from 'hono/jsx';
import { pageTexts } from '../../i18n/page.js';
import { reportTexts } from '../../i18n/report.js';
import type { Locale } from '../../i18n/text.js';
import { foreignRecord } from '../view/foreign.js';
import { headOf } from '../view/head.js';
import { whenOf } from '../view/environment.js';
import {
  byWhom,
  evidenceSentence,
  isStale,
  latencyText,
  monthRows,
  optionsText,
  paceSentences,
  perSecond,
  renewal,
  verdictName,
  type FiguresView,
  type KataView,
  type MonthRow,
  type ProgressView,
} from '../view/progress.js';
import { rowsOf } from '../view/rows.js';
import { Cases } from './cases.js';
import { document } from './document.js';
import { percent } from './drawing.js';
import { Matrix } from './exhibits.js';
import { InterleavingOf } from './interleaving.js';
import type { RunPageInput } from './run-body.js';
import { Stories } from './stories.js';
import { Table, type HtmlColumn } from './table.js';

type ShownRun = Pick<RunPageInput, 'kata' | 'record'>;

interface Props {
  readonly locale: Locale;
  readonly view: ProgressView;
}

/** `plan report --format html`: the whole plan in one file, with the newest run of each kata. */
export function progressPage(
  locale: Locale,
  told: ProgressView,
  toldRuns: readonly ShownRun[],
  version: string,
): string {
  const view = foreignRecord(told);
  const runs = toldRuns.map(({ kata, record }) => ({ kata, record: foreignRecord(record) }));
  return document({
    locale,
    title: view.title[locale],
    version,
    children: <Whole {...{ locale, view, runs }} />,
  });
}

function Whole({ locale, view, runs }: Props & { readonly runs: readonly ShownRun[] }) {
  const t = reportTexts[locale];
  return (
    <>
      <ProgressHead {...{ locale, view }} />
      <section>
        <h2>{t.byMonth}</h2>
        <Months {...{ locale, view }} />
      </section>
      <section>
        <h2>{t.next}</h2>
        <Next {...{ locale, view }} />
      </section>
      <section>
        <h2>{t.figures}</h2>
        <Figures {...{ locale, katas: view.katas }} />
      </section>
      {runs.length > 0 && (
        <section>
          <h2>{pageTexts[locale].newestRuns}</h2>
          {runs.map((run) => (
            <Digest {...{ locale, run }} />
          ))}
        </section>
      )}
      <section>
        <h2>{t.evidence}</h2>
        <Evidence {...{ locale, view }} />
      </section>
    </>
  );
}

export function ProgressHead({ locale, view }: Props) {
  return (
    <header>
      <p class="kicker">{reportTexts[locale].on(view.date)}</p>
      <h1>{view.title[locale]}</h1>
      <p class="lead">{paceSentences(locale, view).join(' ')}</p>
    </header>
  );
}

export function Months({ locale, view }: Props) {
  const t = reportTexts[locale];
  const share = ({ done, total }: MonthRow): number => (total === 0 ? 0 : done / total);
  const columns: HtmlColumn<MonthRow>[] = [
    { head: t.month, align: 'left', cell: ({ name }) => name },
    { head: t.done, cell: ({ done, total }) => `${done}/${total}` },
    {
      head: '%',
      cell: (row): Child => (
        <>
          {Math.floor(share(row) * 100)} %
          <svg class="bar" aria-hidden="true">
            <rect width={percent(share(row))} height="4" />
          </svg>
        </>
      ),
    },
  ];
  return <Table {...{ locale, columns, caption: t.byMonth, rows: monthRows(locale, view) }} />;
}

export function Next({ locale, view }: Props) {
  const t = reportTexts[locale];
  const { next, leftOver } = view;
  return (
    <>
      {next.length === 0 ? (
        <p>{t.nothingLeft}</p>
      ) : (
        <ul>
          {next.map(({ id, label, due }) => (
            <li>
              {label[locale]} <code>{id}</code> {due !== undefined && <small>{t.due(due)}</small>}
            </li>
          ))}
        </ul>
      )}
      {leftOver > 0 && <p class="soft">{t.leftOver(leftOver)}</p>}
    </>
  );
}

function Figures({
  locale,
  katas,
}: {
  readonly locale: Locale;
  readonly katas: readonly KataView[];
}) {
  const t = reportTexts[locale];
  if (katas.length === 0) return <p>{t.noFigures}</p>;
  const best = (cell: (figures: FiguresView) => string) => (row: KataView) =>
    row.best ? cell(row.best) : '–';
  const columns: HtmlColumn<KataView>[] = [
    { head: t.kata, align: 'left', cell: ({ id, label }) => (label ? label[locale] : id) },
    {
      ...{ head: t.lastRun, align: 'left' },
      cell: ({ last }) => (last ? `${verdictName(locale, last.verdict)} (${last.date})` : '–'),
    },
    {
      ...{ head: t.by, align: 'left' },
      cell: ({ best: one }) => (one ? byWhom(locale, one) : t.neverHeld),
    },
    { head: t.strategy, align: 'left', cell: best(({ strategy }) => strategy) },
    { head: t.language, align: 'left', cell: best(({ language }) => language) },
    { head: t.options, align: 'left', cell: best((one) => optionsText(one, 'choices')) },
    { head: 'n', cell: best(({ n }) => String(n ?? '–')) },
    { head: 'p50', cell: best(({ p50 }) => latencyText(p50)) },
    { head: 'p95', cell: best(({ p95 }) => latencyText(p95)) },
    { head: 'p99', cell: best(({ p99 }) => latencyText(p99)) },
    { head: t.perSecond, cell: best(perSecond) },
  ];
  return (
    <>
      <Table {...{ locale, columns, caption: t.figures, rows: katas }} />
      <p class="soft">{t.figuresNote}</p>
    </>
  );
}

/** What a run has to tell, without what stands behind. */
function Digest({ locale, run }: { readonly locale: Locale; readonly run: ShownRun }) {
  const { kata, record } = run;
  const rows = rowsOf(kata, record.cases);
  const props = { locale, kata, rows };
  const isPlayed = rows.some(({ first }) => first.exhibits);
  return (
    <details>
      <summary>
        {headOf(locale, kata)} <small>{whenOf(record)}</small>
      </summary>
      {isPlayed ? <Matrix {...{ locale, rows }} /> : <Cases {...props} />}
      <Stories {...props} />
      {record.cases.map((one) => (
        <InterleavingOf {...{ locale, kata, one }} />
      ))}
    </details>
  );
}

function Evidence({ locale, view }: Props) {
  const t = reportTexts[locale];
  const { proved, byHand, unknown } = view;
  return (
    <>
      {proved.length === 0 ? (
        <p>{t.noEvidence}</p>
      ) : (
        <ul class="rules">
          {proved.map((item) => {
            const again = isStale(item) ? renewal(locale, item) : undefined;
            return (
              <li class={isStale(item) ? 'open' : 'held'}>
                <span class="mark" aria-hidden="true">
                  {isStale(item) ? '·' : '✔'}
                </span>{' '}
                {item.label[locale]} <code>{item.id}</code> {item.date ?? ''}:{' '}
                {evidenceSentence(locale, item)}
                {again !== undefined && (
                  <>
                    {' '}
                    <code>{again}</code>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {byHand > 0 && <p>{t.byHand(byHand)}</p>}
      {unknown.length > 0 && <p>{t.unknown(unknown.join(', '))}</p>}
    </>
  );
}
