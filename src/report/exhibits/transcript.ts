import type { Locale } from '../../i18n/text.js';
import type { Moment, SaidKind, Transcript } from '../../kata/exhibits.js';
import { hang } from '../hang.js';
import { wrap } from './wrap.js';
import { style } from '../style.js';

/** Narrower columns than this can't be read: then the parties stand one below the other. */
const narrowest = 22;
const separator = ' │ ';
const indent = '  ';

/** Title, the parties side by side with time downwards, and what it means. */
export function renderTranscript(locale: Locale, transcript: Transcript, width: number): string {
  return [
    `${indent}${style.bold(transcript.title[locale])}`,
    stageOf(locale, transcript, width),
    hang(`${indent}${transcript.meaning[locale]}`, width),
  ].join('\n\n');
}

/** The parties side by side, or where there is no room for that, who it is before each line. */
export function stageOf(locale: Locale, { parties, moments }: Transcript, width: number): string {
  const names = parties.map((text) => text[locale]);
  const room = Math.floor(
    (width - indent.length - separator.length * (names.length - 1)) / names.length,
  );
  return room < narrowest
    ? stacked(locale, names, moments, width)
    : sideBySide(locale, names, moments, room);
}

function sideBySide(
  locale: Locale,
  names: readonly string[],
  moments: readonly Moment[],
  room: number,
): string {
  const longest = Math.max(
    ...names.map(({ length }) => length),
    ...moments.flatMap(({ said }) => said.map(({ text }) => text[locale].length)),
  );
  const column = Math.min(room, longest);
  const head = names.map((name) => ({ text: name, paint: style.dim }));
  const rows = moments.flatMap(({ party, said }) =>
    said.flatMap(({ kind, text }) =>
      wrap(text[locale], column).map((line) =>
        names.map((_, at) => ({ text: at === party ? line : '', paint: painterOf(kind) })),
      ),
    ),
  );
  return [head, ...rows]
    .map((cells) => {
      const padded = cells.map(({ text, paint }) => paint(text) + ' '.repeat(column - text.length));
      return `${indent}${padded.join(style.dim(separator))}`.trimEnd();
    })
    .join('\n');
}

function stacked(
  locale: Locale,
  names: readonly string[],
  moments: readonly Moment[],
  width: number,
): string {
  const lines = moments.flatMap(({ party, said }) => [
    `${indent}${style.dim(names[party] ?? '')}`,
    ...said.flatMap(({ kind, text }) =>
      wrap(text[locale], Math.max(8, width - 2 * indent.length)).map(
        (line) => `${indent}${indent}${painterOf(kind)(line)}`,
      ),
    ),
  ]);
  return lines.join('\n');
}

function painterOf(kind: SaidKind): (text: string) => string {
  switch (kind) {
    case 'does':
      return (text) => text;
    case 'gets':
      return style.cyan;
    case 'waits':
      return style.yellow;
    case 'fails':
      return style.red;
  }
}
