import { dlqTexts } from '../../../i18n/dlq.js';
import type { Locale } from '../../../i18n/text.js';
import { hang } from '../hang.js';
import { print, printJson } from '../output.js';
import type { NumberedLetter } from './list.js';
import { attemptsOf, clockOf } from '../../view/letters.js';
import { style } from '../style.js';
import { foreignJson, foreignRecord } from '../../view/foreign.js';

export interface ShownLetter {
  readonly letter: NumberedLetter & { readonly origin: { folder: string; slug: string } };
  /** Of the program, that name it. */
  readonly log: readonly {
    readonly line: number;
    readonly text: string;
    readonly role?: string;
  }[];
}

/** Everything that is known of one. */
export function reportLetter(locale: Locale, shown: ShownLetter): void {
  const { letter, log } = foreignRecord({ ...shown, letter: { ...shown.letter, body: null } });
  const t = dlqTexts[locale];
  const { id, n, reason, headers, deaths, attempts, origin, foundOn, publishedOn } = letter;
  const tries = attempts.map(({ at, answer, line }, which) =>
    t.attempt(which + 1, clockOf(locale, at), answer[locale], line),
  );
  const parts = [
    style.bold(t.letter(id === '' ? t.noId : id, n)),
    `  ${t.found(origin.folder, foundOn, publishedOn)}`,
    section(t.reason, [reason ?? t.unknown]),
    section(`${t.attempts}: ${attemptsOf(locale, letter)}`, orElse(tries, t.noAttempts)),
    section(t.body, foreignJson(shown.letter.body ?? null, 2).split('\n')),
    section(t.headers, orElse(Object.entries(headers).map(entry), t.unknown)),
    ...(deaths.length === 0
      ? []
      : [
          section(
            t.deaths,
            deaths.map((one) => t.death(one.queue, one.reason, one.count)),
          ),
        ]),
    section(
      t.log(origin.slug),
      orElse(
        log.map(
          ({ line, text, role }) => `${role === undefined ? '' : `${role} `}${line}: ${text}`,
        ),
        t.noLog,
      ),
    ),
    `  ${t.showHint(n)}`,
  ];
  const width = process.stdout.columns || Number.POSITIVE_INFINITY;
  print(`${parts.map((part) => hang(part, width)).join('\n\n')}\n`);
}

export function letterJson({ letter, log }: ShownLetter): void {
  printJson({ ...letter, log });
}

function section(head: string, lines: readonly string[]): string {
  return [`  ${style.dim(head)}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

function orElse(lines: readonly string[], none: string): readonly string[] {
  return lines.length > 0 ? lines : [none];
}

function entry([name, value]: [string, unknown]): string {
  return `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
