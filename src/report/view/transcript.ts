import type { Locale } from '../../i18n/text.js';
import type { Moment, SaidKind, Transcript } from '../../kata/exhibits.js';
import { wrap } from './wrap.js';

/** Narrower columns than this can't be read: then the parties stand one below the other. */
const narrowest = 22;
const separator = ' │ ';
const indent = '  ';

/** How a face shows what somebody does, gets or waits for, and names and lines around it. */
export type Paint = (text: string, kind: SaidKind | 'frame') => string;

/** The parties side by side, or where there is no room for that, who it is before each line. */
export function stageOf(
  locale: Locale,
  { parties, moments }: Transcript,
  width: number,
  paint: Paint = (text) => text,
): string {
  const names = parties.map((text) => text[locale]);
  const room = Math.floor(
    (width - indent.length - separator.length * (names.length - 1)) / names.length,
  );
  return room < narrowest
    ? stacked(locale, names, moments, { width, paint })
    : sideBySide(locale, names, moments, { room, paint });
}

function sideBySide(
  locale: Locale,
  names: readonly string[],
  moments: readonly Moment[],
  { room, paint }: { room: number; paint: Paint },
): string {
  const longest = Math.max(
    ...names.map(({ length }) => length),
    ...moments.flatMap(({ said }) => said.map(({ text }) => text[locale].length)),
  );
  const column = Math.min(room, longest);
  const head = names.map((name) => ({ text: name, kind: 'frame' as const }));
  const rows = moments.flatMap(({ party, said }) =>
    said.flatMap(({ kind, text }) =>
      wrap(text[locale], column).map((line) =>
        names.map((_, at) => ({ text: at === party ? line : '', kind })),
      ),
    ),
  );
  return [head, ...rows]
    .map((cells) => {
      const padded = cells.map(
        ({ text, kind }) => paint(text, kind) + ' '.repeat(column - text.length),
      );
      return `${indent}${padded.join(paint(separator, 'frame'))}`.trimEnd();
    })
    .join('\n');
}

function stacked(
  locale: Locale,
  names: readonly string[],
  moments: readonly Moment[],
  { width, paint }: { width: number; paint: Paint },
): string {
  const lines = moments.flatMap(({ party, said }) => [
    `${indent}${paint(names[party] ?? '', 'frame')}`,
    ...said.flatMap(({ kind, text }) =>
      wrap(text[locale], Math.max(8, width - 2 * indent.length)).map(
        (line) => `${indent}${indent}${paint(line, kind)}`,
      ),
    ),
  ]);
  return lines.join('\n');
}
