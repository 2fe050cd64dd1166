import { mysteryTexts } from '../../i18n/mystery.js';
import type { Locale, Text } from '../../i18n/text.js';
import type { CauseEvidence, Look, MysteryMetric, Opening } from '../../kata/mystery.js';
import type { Column } from './columns.js';
import { shownMs } from './trace.js';

/** A mystery that is open, as it is told. */
export interface MysteryView {
  readonly number: number;
  readonly run: MysteryRun;
  readonly opening: Opening;
  readonly causes: readonly { readonly name: string; readonly title: Text }[];
  /** Those that were taken. */
  readonly hints: readonly Text[];
  readonly hintsLeft: number;
  /** Causes that were named and are not it. */
  readonly wrong: readonly string[];
}

export interface MysteryRun {
  /** As people would type it. */
  readonly folder: string;
  /** Of its case: the beginning of the names of its files. */
  readonly slug: string;
  readonly roles: readonly string[];
  /** `plan trace` finds it without being told. */
  readonly isNewest: boolean;
}

/** What it was, and where that is seen. */
export interface SolvedView {
  readonly number: number;
  readonly cause: string;
  readonly title: Text;
  /** Undefined where the run is gone. */
  readonly shown: { readonly run: MysteryRun; readonly evidence: CauseEvidence } | undefined;
  /** Items of the final checklist that this ticked. */
  readonly ticked: readonly Text[];
  /** Of those that are over. */
  readonly past: { readonly found: number; readonly all: number };
}

/** `plan trace order-00012`, and with its run where that is not the newest. */
export function traceCommand(what: string, { folder, isNewest }: MysteryRun): string {
  return `plan trace ${what}${isNewest ? '' : ` --run ${folder}`}`;
}

export const logOf = ({ folder, slug }: MysteryRun, role: string): string =>
  `${folder}/logs/${slug}.${role}.log`;

/** What to type for it, or where it stands. */
export function lookAt(locale: Locale, { at, find, role = '' }: Look, run: MysteryRun): string {
  if (at === 'trace') return traceCommand(find, run);
  if (at === 'log') return `grep ${find} ${logOf(run, role)}`;
  return mysteryTexts[locale].inMetrics(role, find);
}

/** In a line or two: how many orders, and how long they took from outside. */
export function figuresOf(locale: Locale, { sent, accepted, outsideMs }: Opening): string[] {
  const t = mysteryTexts[locale];
  const sorted = outsideMs.toSorted((a, b) => a - b);
  const shown = (ms: number | undefined): string => shownMs(ms ?? 0).replace(' ms', '');
  const counts = t.figures(sent, accepted, sorted.length);
  if (sorted.length === 0) return [counts];
  const half = sorted[Math.floor((sorted.length - 1) / 2)];
  return [counts, t.outside(shown(half), shown(sorted.at(-1)))];
}

export function metricColumns(locale: Locale): Column<MysteryMetric>[] {
  const { columns: t } = mysteryTexts[locale];
  const left = (
    head: string,
    rank: number,
    cell: (one: MysteryMetric) => string,
  ): Column<MysteryMetric> => ({ head, rank, align: 'left', cell });
  return [
    left(t.role, 0, ({ role }) => role),
    left(t.name, 0, ({ name }) => name),
    left(t.labels, 1, ({ labels }) => labels.replaceAll('"', '')),
    { head: t.count, rank: 0, cell: ({ count }) => String(count) },
    { head: t.mean, rank: 0, cell: ({ meanMs }) => meanMs.toFixed(1) },
  ];
}
