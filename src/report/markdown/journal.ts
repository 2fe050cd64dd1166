import { journalTexts } from '../../i18n/journal.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import { nameOf } from '../view/rows.js';
import type { CaseOfRun, Chosen, FailureSeen } from '../view/choose.js';
import { codeBlock, codeSpan, escapeText } from './markdown.js';
import { resultsOf, whenOf } from './results.js';
import { commandOf, serviceOf } from '../view/environment.js';

/** Where the code of a case was found, as it is now. */
export interface Snippet {
  /** As the learner is to read it: `katas/kata-4-over-selling/node/atomic.ts`. */
  readonly path: string;
  readonly code: string;
  /** Of the implementation now, in hex; undefined where it can't be read any more. */
  readonly hash: string | undefined;
}

export interface JournalInput {
  readonly kata: Kata;
  /** What to type for it. */
  readonly word: string;
  readonly chosen: Chosen;
  readonly snippet: Snippet | undefined;
  /** The lines of the history that prove each of `chosen.failures`. */
  readonly proofs: readonly (readonly { readonly line: number; readonly text: string }[])[];
}

/** Lines of the key snippet, and of the history: enough to see the point, no more. */
const mostCode = 80;
const mostLine = 300;
/** In hex; of a record that somebody changed, whatever. */
function shownHash(hash: string): string {
  return hash.replace(/[^\da-f]/g, '').slice(0, 12);
}

/** The generated parts of a kata's page, in Markdown, in the language of the program. */
export function journalContents(locale: Locale, input: JournalInput) {
  return {
    failure: failurePart(locale, input),
    implementation: implementationPart(locale, input.chosen),
    code: codePart(locale, input),
    results: resultsOf(locale, input.kata, input.chosen),
  };
}

function failurePart(locale: Locale, { kata, word, chosen, proofs }: JournalInput): string {
  const { failures } = chosen;
  if (failures.length === 0) return journalTexts[locale].failureNone(word);
  return failures
    .map((failure, at) => tellFailure(locale, kata, failure, proofs[at] ?? []))
    .join('\n\n');
}

function tellFailure(
  locale: Locale,
  kata: Kata,
  { run, one, finding }: FailureSeen,
  proof: readonly { line: number; text: string }[],
): string {
  const t = journalTexts[locale];
  const { rule, invariant, witness } = finding;
  const story = witness ? witness.story[locale].split('\n') : [];
  const parts = [
    `${t.failureIn(escapeText(nameOf(kata, one)), whenOf(run.record))} ${escapeText(rule[locale])} (${codeSpan(invariant)})`,
    story.map((line) => `> ${escapeText(line)}`).join('\n'),
  ];
  if (proof.length > 0) {
    const file = codeSpan(`${run.record.folder}/history.jsonl`);
    const quoted = proof.map(({ text }) => shorten(text, mostLine)).join('\n');
    parts.push(
      t.historyLines(
        file,
        proof.map(({ line }) => line),
      ),
    );
    parts.push(codeBlock(quoted, 'json'));
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The learner's own first, then the reference that it stands beside. */
function implementationPart(locale: Locale, { reference, own }: Chosen): string {
  const t = journalTexts[locale];
  const records = [own, reference].flatMap((run) => run?.record ?? []);
  const languages = records.flatMap(({ cases }) =>
    cases.map(({ implementation: { kind, runtime } }) =>
      kind === 'lab' ? runtime : `${runtime} (${t[kind]})`,
    ),
  );
  const tools = records.flatMap(({ services, plan }) => [
    ...services.map(serviceOf),
    `plan ${plan}`,
  ]);
  const judged = records.map((record) => `${whenOf(record)}, ${codeSpan(commandOf(record))}`);
  return [
    `- ${t.language}: ${escapeText(distinct(languages).join(', '))}`,
    `- ${t.tools}: ${escapeText(distinct(tools).join(', '))}`,
    ...judged.map((one) => `- ${t.judged}: ${one}`),
  ].join('\n');
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function codePart(locale: Locale, { kata, chosen, snippet }: JournalInput): string {
  const t = journalTexts[locale];
  const { key } = chosen;
  if (!key) return t.noneHeld;
  const { implementation, strategy } = key.one;
  const judged = shownHash(implementation.hash);
  if (!snippet) return t.noSource(codeSpan(implementation.path), judged);
  const kind = implementation.kind === 'own' ? t.own : t.reference;
  const now = snippet.hash === undefined ? undefined : shownHash(snippet.hash);
  const facts = [
    `${t.codeOf(codeSpan(strategy), kind, escapeText(implementation.runtime))}, ${codeSpan(snippet.path)}.`,
    whyThisOne(locale, kata, key),
    `${t.sources(judged)}.`,
  ];
  const parts = [facts.join(' ')];
  if (now !== judged && now !== undefined) parts.push(t.changedSince(now));
  return [...parts, trimmed(locale, snippet)].join('\n\n');
}

function whyThisOne(
  locale: Locale,
  { options: specs, defaultStrategy }: Kata,
  { one }: CaseOfRun,
): string {
  const t = journalTexts[locale];
  if (one.implementation.kind === 'reference' && one.strategy !== defaultStrategy && one.latency)
    return t.lowestP99;
  const choices = Object.entries(specs)
    .filter(([, spec]) => spec.kind === 'choice' && spec.picksCase)
    .map(([name]) => `${name} = ${String(one.options[name]).replaceAll('-', ' ')}`);
  return choices.length > 0 ? t.held(escapeText(choices.join(', '))) : t.heldPlain;
}

function trimmed(locale: Locale, { path, code }: Snippet): string {
  const lines = code.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const shown = codeBlock(lines.slice(0, mostCode).join('\n'), languageOf(path));
  const left = lines.length - mostCode;
  // A formatter of Markdown would rewrite the code, which then is no longer what was judged.
  const quoted = `<!-- prettier-ignore -->\n${shown}`;
  return left > 0 ? `${quoted}\n\n… ${journalTexts[locale].moreLines(left)}` : quoted;
}

/** The info string of a code block, by the file's ending. */
function languageOf(file: string): string {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const names: Record<string, string> = {
    rs: 'rust',
    py: 'python',
    mjs: 'js',
    cjs: 'js',
    mts: 'ts',
  };
  return names[ending] ?? ending;
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
