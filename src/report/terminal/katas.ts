import { castTexts } from '../../i18n/cast.js';
import { showTexts } from '../../i18n/show.js';
import type { Locale, Text } from '../../i18n/text.js';
import { usualServices, type Kata } from '../../kata/define.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { renderTable, type Rest } from './table.js';
import type { Column } from '../view/columns.js';
import { style, type Paint } from './style.js';
import { foreignRecord } from '../view/foreign.js';

/** A kata of the plan, of the lab, or of both. */
export interface KataLine {
  readonly id: string;
  readonly title: Text;
  readonly item: string | undefined;
  readonly month: number | undefined;
  readonly block: string | undefined;
  readonly weeks: readonly [number, number] | undefined;
  /** Undefined where the lab doesn't have it yet. */
  readonly lab:
    Pick<Kata, 'languages' | 'services' | 'servicesFor' | 'options' | 'strategies'> | undefined;
  readonly last:
    { readonly outcome: string; readonly date: string; readonly run: string } | undefined;
  readonly done: boolean;
  readonly date: string | null;
  readonly evidence: 'hand' | 'fresh' | 'stale' | 'gone' | undefined;
  /** Of a system: how many of its services have held as the learner's own. */
  readonly held?: { readonly done: number; readonly total: number } | undefined;
}

/** Those that the lab has, then those that it doesn't have yet, so that nobody looks for them. */
export function reportKatas(
  locale: Locale,
  told: readonly KataLine[],
  { hasRoot, rest = 'below' }: { hasRoot: boolean; rest?: Rest },
): void {
  const katas = foreignRecord(told);
  const t = showTexts[locale];
  const width = terminalColumns();
  const here = katas.filter(({ lab }) => lab);
  const missing = katas.filter(({ lab }) => !lab);
  const foot = [t.listHint, ...(hasRoot ? [] : [t.noRoot])].map((line) => `  ${line}`);
  const parts = [renderTable(locale, labColumns(locale), here, width, rest)];
  if (missing.length > 0)
    parts.push(
      `${style.bold(t.notInLab)}\n${renderTable(locale, planColumns(locale, style.dim), missing, width)}`,
    );
  print([...parts, hang(foot.join('\n'), width)].join('\n\n'));
}

export function katasJson(locale: Locale, katas: readonly KataLine[]) {
  return {
    katas: katas.map(({ lab, title, last, weeks, item, month, block, ...kata }) => ({
      id: kata.id,
      title: title[locale],
      item: item ?? null,
      month: month ?? null,
      block: block ?? null,
      weeks: weeks ?? null,
      inLab: lab !== undefined,
      languages: lab?.languages ?? [],
      services: lab?.services ?? [],
      strategies: Object.keys(lab?.strategies ?? {}),
      last: last ?? null,
      done: kata.done,
      date: kata.date,
      evidence: kata.evidence ?? null,
      ...(kata.held && { held: kata.held }),
    })),
  };
}

function planColumns(locale: Locale, paint: Paint): Column<KataLine>[] {
  const t = showTexts[locale];
  return [
    // One column, since it tells the rows apart where the table falls into two.
    left(`  ${t.kata}`, 0, (kata) => `${kata.done ? doneMark(kata) : '·'} ${paint(kata.id)}`),
    left(t.title, 1, ({ title }) => paint(title[locale])),
    left(t.place, 1, ({ month, weeks }) =>
      month === undefined || !weeks ? '' : paint(t.placeOf(month, ...weeks)),
    ),
  ];
}

function labColumns(locale: Locale): Column<KataLine>[] {
  const t = showTexts[locale];
  return [
    ...planColumns(locale, (text) => text),
    left(t.languages.toLowerCase(), 2, ({ lab }) => lab?.languages.join(', ') ?? ''),
    left(t.services.toLowerCase(), 2, ({ lab }) => (lab ? usualServices(lab).join(', ') : '')),
    left(t.lastRun, 1, ({ last }) =>
      last ? `${outcomeName(locale, last.outcome)} (${last.date})` : t.noRun,
    ),
    left(t.done, 3, ({ done, date, evidence, held }) =>
      done
        ? [date ?? '✔', ...(isStale(evidence) ? [t.stale] : [])].join(', ')
        : held
          ? castTexts[locale].held(held.done, held.total)
          : '',
    ),
  ];
}

function left(head: string, rank: number, cell: Column<KataLine>['cell']): Column<KataLine> {
  return { head, align: 'left', rank, cell };
}

function doneMark({ evidence }: KataLine): string {
  return isStale(evidence) ? style.yellow('!') : style.green('✔');
}

/** What another version calls an outcome is shown as it is. */
function outcomeName(locale: Locale, outcome: string): string {
  const names: Readonly<Record<string, string>> = showTexts[locale].outcomes;
  return Object.hasOwn(names, outcome) ? (names[outcome] ?? outcome) : outcome;
}

function isStale(evidence: KataLine['evidence']): boolean {
  return evidence === 'stale' || evidence === 'gone';
}
