import { handInTexts } from '../../i18n/hand-in.js';
import { sequenceTexts } from '../../i18n/sequence.js';
import type { Locale } from '../../i18n/text.js';
import { outside, type Talk } from '../view/architecture.js';
import { laneName } from '../view/sequence.js';
import { escaped } from './mermaid.js';

/** Arrows with more than these are read by nobody. */
const mostWords = 12;

/** Services, queues and what is outside, as GitHub and others draw them; each arrow with its figures. */
export function architectureOf(locale: Locale, talks: readonly Talk[]): string {
  const services = distinct(talks.flatMap(({ from, to }) => [from, to]));
  const queues = distinct(talks.flatMap(({ queue }) => queue ?? []));
  const service = (name: string): string => `s${services.indexOf(name)}`;
  const queue = (name: string): string => `q${queues.indexOf(name)}`;
  const arrows = new Map<string, Talk[]>();
  for (const talk of talks) {
    const arrow =
      talk.queue === undefined
        ? `${service(talk.from)} ${talk.kind === 'asks' ? '-->' : '-.->'}@ ${service(talk.to)}`
        : `${service(talk.from)} -.->@ ${queue(talk.queue)}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), talk]);
  }
  const taken = distinct(
    talks.flatMap((talk) =>
      talk.queue === undefined ? [] : [`${queue(talk.queue)} -.-> ${service(talk.to)}`],
    ),
  );
  return [
    'flowchart LR',
    ...services.map((name) => `  ${service(name)}${boxOf(locale, name)}`),
    ...queues.map((name) => `  ${queue(name)}[("${label(handInTexts[locale].queue(name))}")]`),
    ...[...arrows].map(([arrow, of]) => `  ${arrow.replace('@', `|"${wordsOf(locale, of)}"|`)}`),
    ...taken.map((arrow) => `  ${arrow}`),
  ].join('\n');
}

function boxOf(locale: Locale, name: string): string {
  if (name === outside) return `{{"${label(handInTexts[locale].outside)}"}}`;
  return `["${label(laneName(locale, name))}"]`;
}

function wordsOf(locale: Locale, talks: readonly Talk[]): string {
  const shown = talks.slice(0, mostWords).map(({ what, count }) => `${label(what)} ×${count}`);
  const left = talks.length - shown.length;
  return [...shown, ...(left > 0 ? [sequenceTexts[locale].moreSteps(left)] : [])].join('<br/>');
}

/** Inside of quotes, where parentheses and bars say nothing. */
const label = (text: string): string => escaped(text).replaceAll('|', '#124;');

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}
