import chalk from 'chalk';
import { dlqTexts } from '../../i18n/dlq.js';
import { say, texts } from '../../i18n/text.js';
import { hang } from '../hang.js';
import { print, printJson } from '../output.js';
import type { NumberedLetter } from './list.js';
import { attemptsOf, clockOf } from './words.js';

export interface ShownLetter {
  readonly letter: NumberedLetter & { readonly origin: { folder: string; slug: string } };
  /** Of the program, that name it. */
  readonly log: readonly { readonly line: number; readonly text: string }[];
}

/** Everything that is known of one. */
export function reportLetter({ letter, log }: ShownLetter): void {
  const t = texts(dlqTexts);
  const { id, n, reason, body, headers, deaths, attempts, origin, foundOn, publishedOn } = letter;
  const tries = attempts.map(({ at, answer, line }, which) =>
    t.attempt(which + 1, clockOf(at), say(answer), line),
  );
  const parts = [
    chalk.bold(t.letter(id === '' ? t.noId : id, n)),
    `  ${t.found(origin.folder, foundOn, publishedOn)}`,
    section(t.reason, [reason ?? t.unknown]),
    section(`${t.attempts}: ${attemptsOf(letter)}`, orElse(tries, t.noAttempts)),
    section(t.body, JSON.stringify(body ?? null, undefined, 2).split('\n')),
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
        log.map(({ line, text }) => `${line}: ${text}`),
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
  return [`  ${chalk.dim(head)}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

function orElse(lines: readonly string[], none: string): readonly string[] {
  return lines.length > 0 ? lines : [none];
}

function entry([name, value]: [string, unknown]): string {
  return `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
