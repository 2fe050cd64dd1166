import { explainTexts } from '../../../i18n/explain.js';
import { sequenceTexts } from '../../../i18n/sequence.js';
import { uiTexts } from '../../../i18n/ui.js';
import type { Kata } from '../../../kata/define.js';
import type { Operation } from '../../../kata/history.js';
import type { CaseRecord } from '../../../kata/run-record.js';
import type { Sequence } from '../../../kata/sequence/index.js';
import { foreignJson, foreignRecord } from '../../view/foreign.js';
import { headOf } from '../../view/head.js';
import { logsOf } from '../../view/stories.js';
import { RunBody, type RunPageInput } from '../run-body.js';
import { Drawn } from '../sequence.js';
import { Table, type HtmlColumn } from '../table.js';
import { linkTo, served, type Place } from './shell.js';

/** @param run `kata-4/2026-11-24T10-15-02Z` */
export function storedRunPage(
  place: Place,
  run: string,
  told: RunPageInput,
  hasPage: boolean,
): string {
  const { locale } = place;
  const t = uiTexts[locale];
  const [record, compared] = foreignRecord([told.record, told.compared] as const);
  const input = { ...told, record, compared };
  const { kata } = told;
  return served(
    place,
    headOf(locale, kata),
    <>
      <RunBody {...{ locale, input }} />
      <section>
        <h2>{t.look}</h2>
        <ul>
          <li>
            <a href={linkTo(place, `runs/${run}/operations`)}>{t.operations}</a>
          </li>
          {kata.sequence !== undefined && (
            <li>
              <a href={linkTo(place, `runs/${run}/sequences`)}>{t.sequences}</a>
            </li>
          )}
          {kata.telemetry === true && (
            <li>
              <a href={linkTo(place, `runs/${run}/trace`)}>{t.trace}</a>
            </li>
          )}
          {kata.deadLetters !== undefined && (
            <li>
              <a href={linkTo(place, `runs/${run}/letters`)}>{t.letters}</a>
            </li>
          )}
          {record.cases.some(({ latency }) => latency) && (
            <li>
              <a href={linkTo(place, `curves?run=${encodeURIComponent(run)}`)}>{t.overlay}</a>
            </li>
          )}
          {hasPage && (
            <li>
              <a href={linkTo(place, `runs/${run}/report.html`)}>{t.file}</a>
            </li>
          )}
          <li>
            <a href={linkTo(place, `katas/${kata.id}`)}>{t.again}</a>{' '}
            <small>{explainTexts[locale].notExplainedMend(kata.id)}</small>
          </li>
        </ul>
        <h3>{t.logs}</h3>
        <ul>
          {record.cases.flatMap((one) =>
            logsOf(one).map((file) => (
              <li>
                <a href={linkTo(place, `runs/${run}/${file}`)}>{file}</a>
              </li>
            )),
          )}
        </ul>
      </section>
    </>,
  );
}

export interface OperationsView {
  readonly kata: Kata;
  /** `kata-4/2026-11-24T10-15-02Z` */
  readonly run: string;
  readonly cases: readonly CaseRecord[];
  readonly slug: string;
  readonly search: string;
  readonly outcome: string;
  readonly page: number;
  readonly pages: number;
  /** Those that match, and all of the case. */
  readonly found: number;
  readonly all: number;
  readonly shown: readonly Operation[];
}

/** The history of a case, a page at a time: what was asked, and what came of it. */
export function operationsPage(place: Place, view: OperationsView): string {
  const { locale } = place;
  const t = uiTexts[locale];
  const { kata, run, shown, found, all, page, pages } = view;
  const columns: HtmlColumn<Operation>[] = [
    { head: t.line, cell: ({ invokedOn }) => String(invokedOn) },
    { head: t.at, cell: ({ start }) => (start / 1000).toFixed(1) },
    {
      head: t.took,
      cell: ({ start, end }) => (Number.isFinite(end) ? ((end - start) / 1000).toFixed(1) : '–'),
    },
    {
      head: t.which,
      align: 'left',
      cell: ({ f, role }) => foreignJson([role, f].filter(Boolean).join(' ')).slice(1, -1),
    },
    { head: t.asked, align: 'left', cell: ({ asked }) => <code>{told(asked)}</code> },
    {
      ...{ head: t.outcome, align: 'left' },
      cell: ({ outcome }) => `${marks[outcome]} ${t.ends[outcome]}`,
    },
    {
      ...{ head: t.answered, align: 'left' },
      cell: ({ answer, problem }) => (
        <code>
          {told(answer)} {problem ? told(problem.detail) : ''}
        </code>
      ),
    },
  ];
  return served(
    place,
    t.operations,
    <>
      <p class="kicker">
        <a href={linkTo(place, `runs/${run}`)}>{headOf(locale, kata)}</a>
      </p>
      <h1>{t.operations}</h1>
      <Filter {...{ place, view }} />
      <p role="status">
        {t.found(found, all)} · {t.page(page, pages)}
      </p>
      {shown.length === 0 ? (
        <p>{t.noOperations}</p>
      ) : (
        <Table {...{ locale, columns, rows: shown, caption: t.operations }} />
      )}
      <p>
        {page > 1 && (
          <>
            <a rel="prev" href={pageLink(place, view, page - 1)}>
              {t.previous}
            </a>{' '}
          </>
        )}
        {page < pages && (
          <a rel="next" href={pageLink(place, view, page + 1)}>
            {t.next}
          </a>
        )}
      </p>
    </>,
  );
}

const marks = { ok: '✔', fail: '✘', unknown: '?' } as const;
const mostShown = 160;

/** Enough to know it again. */
function told(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = foreignJson(value);
  return text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text;
}

function Filter({ place, view }: { readonly place: Place; readonly view: OperationsView }) {
  const t = uiTexts[place.locale];
  const { run, cases, slug, search, outcome } = view;
  return (
    <form class="filter" method="get" action={linkTo(place, `runs/${run}/operations`)}>
      <CaseChoice place={place} cases={cases} slug={slug} />
      <label>
        {t.search}
        <br />
        <input name="q" value={search} placeholder={t.searchHelp} autocomplete="off" />
      </label>
      <label>
        {t.outcome}
        <br />
        <select name="outcome">
          <option value="">{t.anyOutcome}</option>
          {(['ok', 'fail', 'unknown'] as const).map((each) => (
            <option value={each} selected={each === outcome}>
              {t.ends[each]}
            </option>
          ))}
        </select>
      </label>
      <button>{t.filter}</button>
    </form>
  );
}

function CaseChoice({
  place,
  cases,
  slug,
}: {
  readonly place: Place;
  readonly cases: readonly { readonly slug: string }[];
  readonly slug: string;
}) {
  return (
    <label>
      {uiTexts[place.locale].caseName}
      <br />
      <select name="case">
        {cases.map((one) => (
          <option value={one.slug} selected={one.slug === slug}>
            {foreignRecord(one.slug)}
          </option>
        ))}
      </select>
    </label>
  );
}

function pageLink(place: Place, view: OperationsView, page: number): string {
  const { run, slug, search, outcome } = view;
  const query = new URLSearchParams({ case: slug, q: search, outcome, page: String(page) });
  return `${linkTo(place, `runs/${run}/operations`)}?${query.toString()}`;
}

export interface SequencesView {
  readonly kata: Kata;
  readonly run: string;
  readonly cases: readonly CaseRecord[];
  readonly slug: string;
  /** Of every one in the case, and whether it ended. */
  readonly subjects: readonly { readonly name: string; readonly isEnded: boolean }[];
  readonly drawn: Sequence | undefined;
}

export function sequencesPage(place: Place, view: SequencesView): string {
  const { locale } = place;
  const t = uiTexts[locale];
  const { kata, run, cases, slug, subjects, drawn } = view;
  const noun = kata.sequence?.subject[locale] ?? '';
  return served(
    place,
    t.sequences,
    <>
      <p class="kicker">
        <a href={linkTo(place, `runs/${run}`)}>{headOf(locale, kata)}</a>
      </p>
      <h1>{t.sequences}</h1>
      <form class="filter" method="get" action={linkTo(place, `runs/${run}/sequences`)}>
        <CaseChoice place={place} cases={cases} slug={slug} />
        <label>
          {noun}
          <br />
          <select name="id">
            {subjects.map(({ name, isEnded }) => (
              <option value={name} selected={name === drawn?.subject}>
                {foreignRecord(name)}
                {isEnded ? '' : ` (${sequenceTexts[locale].notEnded})`}
              </option>
            ))}
          </select>
        </label>
        <button>{t.draw}</button>
      </form>
      {drawn ? (
        <section>
          <h2>{foreignRecord(slug)}</h2>
          <Drawn
            {...{ locale, sequence: foreignRecord(drawn) }}
            title={`${noun} ${foreignRecord(drawn.subject)}`}
          />
        </section>
      ) : (
        <p>{t.noOperations}</p>
      )}
    </>,
  );
}
