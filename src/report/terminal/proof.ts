import { proofTexts } from '../../i18n/proof.js';
import type { Locale, Text } from '../../i18n/text.js';
import type { Expectation, Verdict } from '../../kata/findings.js';
import { runTexts } from '../../i18n/run.js';
import { hang } from './hang.js';
import { print } from './output.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

interface Proof {
  readonly name: string;
  readonly kind: 'reference' | 'broken' | 'right';
  readonly wanted: Expectation;
  readonly verdict: Verdict;
  readonly asWanted: boolean;
  readonly attempts?: number;
  readonly broken: readonly { readonly invariant: string; readonly story: Text | undefined }[];
  readonly missing: readonly Text[];
  readonly error?: { readonly what: string; readonly mend?: string };
  readonly run?: string;
}

interface KataProof {
  readonly kata: string;
  readonly word: string;
  readonly title: Text;
  readonly texts: readonly { readonly field: string; readonly problem: string }[] | undefined;
  readonly references: readonly Proof[];
  readonly twins: readonly Proof[];
  readonly leftOut: readonly { readonly what: string; readonly why: string }[];
}

/**
 * One block a kata: what is proved in one line each, and all that is not, with its reason.
 * @param only the parts that were looked at, where they were not all
 */
export function reportProof(
  locale: Locale,
  told: readonly KataProof[],
  only?: readonly ('texts' | 'references' | 'twins')[],
): void {
  const katas = foreignRecord(told);
  const t = proofTexts[locale];
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  const blocks = katas.map((kata) =>
    blockOf(locale, kata)
      .map((line) => hang(line, width))
      .join('\n'),
  );
  const faults = katas.reduce((sum, kata) => sum + faultsOf(kata), 0);
  const leftOut = katas.some((kata) => kata.leftOut.length > 0);
  const all = only ? t.provedOf(only.map((part) => t[part]).join(', ')) : t.proved;
  const end =
    faults > 0
      ? style.red(`✘ ${t.notProved(faults)}`)
      : style.green(`✔ ${leftOut ? t.provedButLeftOut : all}`);
  print(`${[...blocks, end].join('\n\n')}\n`);
}

/** For machines: the same, and whether each is proved. */
export function proofJson(katas: readonly KataProof[]) {
  const told = katas.map((kata) => ({ ...kata, proved: faultsOf(kata) === 0 }));
  return { proved: told.every(({ proved }) => proved), katas: told };
}

function faultsOf({ texts: problems = [], references, twins }: KataProof): number {
  return problems.length + [...references, ...twins].filter(({ asWanted }) => !asWanted).length;
}

const mostLines = 8;

function blockOf(
  locale: Locale,
  { kata, title, texts: problems, references, twins, leftOut }: KataProof,
): string[] {
  const t = proofTexts[locale];
  const broken = twins.filter(({ kind }) => kind === 'broken');
  const right = twins.filter(({ kind }) => kind === 'right');
  return [
    style.bold(`${kata} · ${title[locale]}`),
    ...(problems === undefined ? [] : textLines(locale, problems)),
    ...partLines(locale, t.references, references, t.referencesSummary),
    ...partLines(locale, t.twins, broken, t.brokenSummary),
    ...partLines(locale, t.twins, right, t.rightSummary),
    ...againLines(locale, [...references, ...twins]),
    ...leftOut.map(({ what, why }) => style.dim(`  – ${t.leftOut}: ${what}: ${why}`)),
  ];
}

/** Who is often among them has a condition that is too hard to meet. */
function againLines(locale: Locale, proofs: readonly Proof[]): string[] {
  const again = proofs.flatMap(({ name, attempts }) =>
    attempts === undefined ? [] : [`${name} (${attempts})`],
  );
  if (again.length === 0) return [];
  return [style.dim(`  – ${proofTexts[locale].again(again.join(', '))}`)];
}

function textLines(
  locale: Locale,
  problems: readonly { field: string; problem: string }[],
): string[] {
  const t = proofTexts[locale];
  if (problems.length === 0) return [line(true, t.texts, t.textsWhole)];
  return [
    line(false, t.texts, t.textsNot(problems.length)),
    ...problems.map(({ field, problem }) => `      ${field}: ${problem}`),
  ];
}

function partLines(
  locale: Locale,
  name: string,
  proofs: readonly Proof[],
  summary: (right: number, of: number) => string,
): string[] {
  if (proofs.length === 0) return [];
  const wrong = proofs.filter(({ asWanted }) => !asWanted);
  const told = summary(proofs.length - wrong.length, proofs.length);
  return [
    line(wrong.length === 0, name, told),
    ...wrong.flatMap((proof) => storyOf(locale, proof)),
  ];
}

function line(isRight: boolean, name: string, told: string): string {
  const mark = isRight ? style.green('✔') : style.red('✘');
  return `  ${mark} ${name.padEnd(12)}${told}`;
}

function storyOf(locale: Locale, proof: Proof): string[] {
  const t = proofTexts[locale];
  const { name, wanted, broken, missing, error, run } = proof;
  return [
    `      ${style.bold(name)}`,
    `        ${t.wanted}: ${wantedBy(locale, wanted)}`,
    `        ${t.came}: ${cameTo(locale, proof)}`,
    ...(error ? [error.what, ...(error.mend === undefined ? [] : [`→ ${error.mend}`])] : [])
      .flatMap((text) => text.split('\n'))
      .map((text) => `          ${text}`),
    ...broken.flatMap(({ story }) =>
      story === undefined ? [] : linesOf(story[locale]).map((text) => `          ${text}`),
    ),
    ...missing.map((text) => `          ${text[locale]}`),
    ...(run === undefined ? [] : [style.dim(`        ${t.itsRun}: ${run}`)]),
  ];
}

/** A program's log may be long; the run has all of it. */
function linesOf(story: string): string[] {
  const lines = story.split('\n');
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), '…'];
}

function wantedBy(locale: Locale, wanted: Expectation): string {
  const t = proofTexts[locale];
  if (wanted.verdict === 'holds') return t.holds;
  return t.wantedViolated(wanted.by, (wanted.with ?? []).join(', '));
}

function cameTo(locale: Locale, { verdict, broken, missing }: Proof): string {
  // What was to fail did not: see `judge`.
  if (verdict === 'inconclusive' && missing.length === 0) return proofTexts[locale].nothingBroke;
  if (verdict !== 'violated') return runTexts[locale][verdict];
  return proofTexts[locale].violatedBy(broken.map(({ invariant }) => invariant).join(', '));
}
