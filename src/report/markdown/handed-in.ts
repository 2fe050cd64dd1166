import { handInTexts } from '../../i18n/hand-in.js';
import { sequenceTexts } from '../../i18n/sequence.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata, Requirement } from '../../kata/define.js';
import type { History } from '../../kata/history.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { sequencesOf, type Sequence } from '../../kata/sequence/index.js';
import { talksOf } from '../view/architecture.js';
import type { CaseOfRun, Chosen } from '../view/choose.js';
import { nameOf } from '../view/rows.js';
import { rulesOf, type JudgedRule } from '../view/rules.js';
import { architectureOf } from './architecture.js';
import { codeBlock, codeSpan, escapeText, markdownTable } from './markdown.js';
import { mermaidOf } from './mermaid.js';
import { resultsOf, whenOf } from './results.js';

/** The case of the latest run, the learner's own before a reference's, that the page is about. */
export function caseShown(kata: Kata, { own, reference }: Chosen): CaseOfRun | undefined {
  const run = own ?? reference;
  const cases = run?.record.cases ?? [];
  const one = cases.find(({ strategy }) => strategy === kata.defaultStrategy) ?? cases.at(-1);
  return run && one && { run, one };
}

/** The generated parts of the page of a kata that is handed in, in the language of the program. */
export function handedInContents(
  locale: Locale,
  kata: Kata,
  { chosen, shown, history }: { chosen: Chosen; shown: CaseOfRun; history: History },
) {
  const { run, one } = shown;
  const t = handInTexts[locale];
  const head = t.seenIn(
    escapeText(nameOf(kata, one)),
    whenOf(run.record),
    codeSpan(run.record.folder),
  );
  const talks = talksOf(kata, history, one.strategy);
  const diagram = codeBlock(architectureOf(locale, talks), 'mermaid');
  return {
    architecture: [head, talks.length > 0 ? diagram : t.nothingSeen].join('\n\n'),
    sequences: sequencesPart(locale, kata, sequencesOf(kata, history, one.strategy)),
    requirements: [head, ...requirementsPart(locale, kata, one)].join('\n\n'),
    results: resultsOf(locale, kata, chosen),
  };
}

function sequencesPart(locale: Locale, { sequence }: Kata, all: readonly Sequence[]): string {
  const t = handInTexts[locale];
  const [success, ...others] = sequence?.ends ?? [];
  const noun = sequence?.subject[locale] ?? '';
  const confirmed = telling(all.filter(({ end }) => end !== undefined && end === success));
  const undone = telling(all.filter(({ end }) => end !== undefined && others.includes(end)));
  const part = (title: string, one: Sequence | undefined): string[] => [
    `#### ${title}`,
    ...(one === undefined
      ? [t.noneSeen]
      : [
          escapeText(sequenceTexts[locale].journalHead(one.end ?? '', noun, one.subject)),
          codeBlock(mermaidOf(locale, one), 'mermaid'),
        ]),
  ];
  return [...part(t.wentThrough, confirmed), ...part(t.wasUndone, undone)].join('\n\n');
}

/** Of those that nothing befell, where there are any, the first with the most messages. */
function telling(all: readonly Sequence[]): Sequence | undefined {
  const calm = all.filter(({ steps }) => steps.every(({ kind }) => kind !== 'suffers'));
  const told = ({ steps }: Sequence): number =>
    steps.filter((step) => step.kind === 'tells' && step.again === undefined).length;
  return (calm.length > 0 ? calm : all).reduce<Sequence | undefined>(
    (most, one) => (most === undefined || told(one) > told(most) ? one : most),
    undefined,
  );
}

function requirementsPart(locale: Locale, kata: Kata, one: CaseRecord): string[] {
  const t = handInTexts[locale];
  const { requirements = [] } = kata;
  const table = markdownTable(
    [
      { head: t.requirement, align: 'left', cell: ({ title }: Requirement) => title[locale] },
      { head: t.standing, align: 'left', cell: (of) => standingOf(locale, one, of) },
      { head: t.rules, align: 'left', cell: (of) => heldOf(locale, one, of) },
    ],
    requirements,
  );
  const asked = one.acts === undefined ? [] : [t.onlyActs(one.acts.join(', '))];
  return [table, ...asked, ...requirements.flatMap((of) => brokenOf(locale, one, of))];
}

function judgedOf(one: CaseRecord, { rules }: Requirement): JudgedRule[] {
  return rulesOf(one).filter(({ invariant }) => rules.includes(invariant));
}

/** Whether what was judged held; what was not judged shows nothing. */
function standingOf(locale: Locale, one: CaseRecord, of: Requirement): string {
  const t = handInTexts[locale];
  const found = judgedOf(one, of);
  if (found.some(({ state }) => state === 'broken')) return `✘ ${t.broken}`;
  const judged = new Set(
    found.flatMap(({ state, invariant }) => (state === 'held' ? [invariant] : [])),
  );
  const isWhole = one.acts === undefined && one.coverage.every(({ met }) => met);
  return isWhole && of.rules.every((rule) => judged.has(rule)) ? `✔ ${t.met}` : `– ${t.notShown}`;
}

function heldOf(locale: Locale, one: CaseRecord, of: Requirement): string {
  const held = judgedOf(one, of).filter(({ state }) => state === 'held');
  return handInTexts[locale].ofAll(held.length, of.rules.length);
}

function brokenOf(locale: Locale, one: CaseRecord, of: Requirement): string[] {
  return judgedOf(one, of)
    .filter(({ state }) => state === 'broken')
    .map(({ invariant, rule, witness }) => {
      const story = witness?.story[locale].split('\n') ?? [];
      return [
        `${codeSpan(invariant)} ${escapeText(rule[locale])}`,
        story.map((line) => `> ${escapeText(line)}`).join('\n'),
      ].join('\n\n');
    });
}
