import path from 'node:path';
import { formatMs } from '../../base/units.js';
import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import { isBroken, isUndecided, type Finding, type Margin } from '../../kata/findings.js';
import type { CaseError, CaseRecord } from '../../kata/run-record.js';
import { nameOf, type RunRow } from './rows.js';

/** What there is to tell of a row beside its figures. */
export interface Story {
  readonly name: string;
  /** `2/5`, of a row of several repetitions. */
  readonly repetition?: string;
  readonly pieces: readonly Piece[];
}

export type Piece =
  /** Only these acts were played. */
  | { readonly kind: 'acts'; readonly text: string }
  | { readonly kind: 'error'; readonly error: CaseError }
  | { readonly kind: 'broken'; readonly finding: Finding }
  /** What was needed for the run to mean anything, and did not come. */
  | { readonly kind: 'missing'; readonly story: string }
  /** A rule that this run was not fine enough for. */
  | { readonly kind: 'undecided'; readonly finding: Finding }
  /** The failure that the case is about did not show. */
  | { readonly kind: 'not-shown' }
  /** A rule that holds, and that a little more would have broken. */
  | { readonly kind: 'near'; readonly invariant: string; readonly margin: Margin }
  /** Of a program that did not do as it should, in the run's folder. */
  | { readonly kind: 'logs'; readonly files: readonly string[] };

/** For every row that did not simply hold: what broke, by which operations, what was missing, what was near. */
export function storiesOf(locale: Locale, kata: Kata, rows: readonly RunRow[]): Story[] {
  return rows.flatMap((row) => {
    // Of repetitions, the one that matters most: unexpected before expected.
    const told = row.cases.find((one) => !one.asExpected) ?? row.cases[0];
    const pieces = told ? piecesOf(locale, told) : [];
    if (!told || pieces.length === 0) return [];
    const isOneOfMany = row.cases.length > 1;
    const repetition = `${told.repetition}/${row.cases.length}`;
    return [{ name: nameOf(kata, told), pieces, ...(isOneOfMany && { repetition }) }];
  });
}

/** `the latest wait: 130 of at most 150 ms` */
export function measuredOf(
  locale: Locale,
  { what, value, limit, unit, resolution }: Margin,
): string {
  const t = runTexts[locale];
  const [shown, most] = [value, limit].map(formatMs) as [string, string];
  const told = `${what[locale]}: ${t.ofAtMost(shown, most, unit)}`;
  if (resolution === undefined) return told;
  return `${told}, ${t.toldApartFrom(formatMs(resolution), unit)}`;
}

function piecesOf(locale: Locale, told: CaseRecord): Piece[] {
  const pieces = [...onlyActs(locale, told), ...whatHappened(locale, told)];
  // Of a program that did as it should, nobody reads the log.
  if (told.asExpected || told.counts.requests + told.findings.length === 0) return pieces;
  return [...pieces, { kind: 'logs', files: logsOf(told) }];
}

/** Below the run's folder; of a system one for each role. */
export function logsOf({ slug, cast }: CaseRecord): string[] {
  return Object.keys(cast ?? { '': {} }).map((role) =>
    path.join('logs', `${slug}${role === '' ? '' : `.${role}`}.log`),
  );
}

function onlyActs(locale: Locale, { acts, taught }: CaseRecord): Piece[] {
  if (acts === undefined) return [];
  const t = runTexts[locale];
  return [{ kind: 'acts', text: (taught ? t.taughtActs : t.onlyActs)(acts.join(', ')) }];
}

function whatHappened(locale: Locale, told: CaseRecord): Piece[] {
  if (told.error) return [{ kind: 'error', error: told.error }];
  const broken = told.findings.filter(isBroken);
  if (broken.length > 0) return broken.map((finding) => ({ kind: 'broken', finding }));
  const unsaid: Piece[] = [
    ...told.coverage
      .filter(({ met }) => !met)
      .map(({ story }) => ({ kind: 'missing' as const, story: story[locale] })),
    ...told.findings
      .filter(isUndecided)
      .map((finding) => ({ kind: 'undecided' as const, finding })),
  ];
  if (unsaid.length > 0) return unsaid;
  return told.verdict === 'holds' ? nearMisses(told) : [{ kind: 'not-shown' }];
}

function nearMisses({ findings }: CaseRecord): Piece[] {
  return findings.flatMap(({ invariant, margin }) =>
    margin && margin.value > nearShare * margin.limit ? [{ kind: 'near', invariant, margin }] : [],
  );
}

const nearShare = 0.7;
