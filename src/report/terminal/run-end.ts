import { asTyped } from '../../base/command-form.js';
import { formatMs } from '../../base/units.js';
import { onwardTexts } from '../../i18n/onward.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import { style } from './style.js';
import type { Command, Onward } from '../view/onward.js';

/** What to do next, in learning: a sentence or two, then the commands that do it. */
export function onwardLines(locale: Locale, kata: Kata, onward: Onward): string[] {
  const t = onwardTexts[locale];
  const commands = commandLines(locale, onward.commands);
  if (onward.kind === 'never-started') return [`  ${t.log(onward.log)}`, ...commands];
  if (onward.kind !== 'holds') return commands;
  const { p95, cures, changes, progress } = onward;
  const heads = new Map(kata.columns.map(({ figure, head }) => [figure, head[locale]]));
  const changed = changes.map(({ figure, before, now }) =>
    t.change(heads.get(figure) ?? figure, `${before}`, `${now}`),
  );
  const others = cures.map(({ name, p95: ms }) => t.cure(name, formatMs(ms)));
  return [
    `  ${style.green(`✔ ${t.yoursHolds}`)}`,
    ...(changed.length > 0 ? [`    ${t.sinceLast(changed.join(', '))}`] : []),
    ...(p95 !== null && others.length > 0
      ? [`    ${t.besideCures(formatMs(p95), others.join(', '))}`]
      : []),
    ...(progress ? [`    ${t.done(progress.done, progress.all)}`] : []),
    ...commands,
  ];
}

function commandLines(locale: Locale, commands: readonly Command[]): string[] {
  const t = onwardTexts[locale];
  const typed = commands.map(({ command }) => asTyped(command));
  const width = Math.min(40, Math.max(0, ...typed.map((command) => command.length)));
  return commands.map(
    ({ why }, at) => `  → ${(typed[at] ?? '').padEnd(width)}   ${style.dim(t[why])}`,
  );
}

/** Below the lesson's table: a line for each cure in it. */
export function costLines(locale: Locale, kata: Kata, strategies: readonly string[]): string[] {
  const told = [...new Set(strategies)].flatMap((name) => {
    const cost = kata.costs?.[name];
    return cost === undefined ? [] : [`    ${style.bold(name)}: ${cost[locale]}`];
  });
  return told.length === 0 ? [] : [`  ${onwardTexts[locale].costs}`, ...told];
}
