import { doctorTexts } from '../../i18n/doctor.js';
import { mainTexts } from '../../i18n/main.js';
import type { Locale } from '../../i18n/text.js';
import { terminalColumns } from './columns.js';
import { wrap } from './markdown/inline.js';
import { print, printJson } from './output.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

interface Check {
  readonly id: string;
  readonly title: string;
  readonly state: 'ok' | 'note' | 'optional' | 'missing';
  readonly detail: string;
  readonly mend?: string | undefined;
}

/** One line a thing, and below it what mends it. */
export function reportDoctor(
  locale: Locale,
  checks: readonly Check[],
  { json }: { json: boolean },
): void {
  const missing = checks.filter(({ state }) => state === 'missing');
  if (json) {
    printJson({ ok: missing.length === 0, checks });
    return;
  }
  const t = doctorTexts[locale];
  const width = Math.max(...checks.map(({ title }) => title.length));
  const lines = foreignRecord(checks).flatMap((check) => linesOf(locale, check, width));
  print(`${lines.join('\n')}\n\n${missing.length === 0 ? t.wellEnough : t.lacks(missing.length)}`);
}

function linesOf(locale: Locale, { title, state, detail, mend }: Check, width: number): string[] {
  const head = `${marks[state]} ${title.padEnd(width)}  `;
  const indent = ' '.repeat(width + 4);
  const room = Math.max(20, terminalColumns() - indent.length);
  const [first = '', ...more] = detail.split('\n').flatMap((line) => wrap(line.split(' '), room));
  const told = [`${head}${first}`, ...more.map((line) => `${indent}${line}`)];
  if (mend === undefined) return told;
  return [...told, `${indent}${style.dim(`${mainTexts[locale].mend}:`)} ${mend}`];
}

const marks = {
  ok: style.green('✔'),
  note: style.yellow('!'),
  optional: style.dim('·'),
  missing: style.red('✘'),
} as const;
