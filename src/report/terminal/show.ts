import { showTexts } from '../../i18n/show.js';
import type { Locale } from '../../i18n/text.js';
import type { Brief } from '../../kata/brief.js';
import { hasPrograms, usualServices, type Kata } from '../../kata/define.js';
import { wordFor, type KataOnDisk } from '../../kata/discover.js';
import { flagOf, type OptionSpec } from '../../kata/options.js';
import { columns } from './columns.js';
import { headOf } from '../view/head.js';
import { renderMarkdown } from './markdown/render.js';
import { print } from './output.js';

/** The brief without its hints, then what the lab has for the kata, then what to type. */
export function showKata(locale: Locale, found: KataOnDisk, brief: Brief | undefined): void {
  const { kata } = found;
  const t = showTexts[locale];
  const parts: string[] = [];
  if (!brief) parts.push(`# ${headOf(locale, kata)}`, t.noBrief(wordFor(found)));
  else {
    if (brief.locale !== locale) parts.push(`> ${t.otherLanguage}`);
    parts.push(brief.body.trim());
  }
  print(renderMarkdown([...parts, labPart(locale, found, brief)].join('\n\n'), columns()));
}

/** One hint and no more. */
export function showHint(
  locale: Locale,
  found: KataOnDisk,
  hints: readonly string[],
  number: number,
): void {
  const t = showTexts[locale];
  const parts = [
    `## ${headOf(locale, found.kata)} · ${t.hintOf(number, hints.length)}`,
    hints[number - 1] ?? '',
    number < hints.length
      ? t.nextHint(`\`plan show ${wordFor(found)} --hint ${number + 1}\``)
      : t.lastHint,
  ];
  print(renderMarkdown(parts.join('\n\n'), columns()));
}

/** For machines: the same, with the brief as the Markdown that it is written in. */
export function kataJson(
  locale: Locale,
  found: KataOnDisk,
  brief: Brief | undefined,
  hint: number | undefined,
) {
  const { kata } = found;
  const hints = brief?.hints ?? [];
  return {
    id: kata.id,
    item: kata.item ?? null,
    title: kata.title[locale],
    services: kata.services,
    languages: kata.languages,
    strategies: Object.entries(kata.strategies).map(([name, text]) => ({
      name,
      text: text[locale],
    })),
    defaultStrategy: kata.defaultStrategy,
    options: Object.entries(kata.options).map(([name, spec]) => optionJson(locale, name, spec)),
    hints: hints.length,
    ...(hint === undefined
      ? { brief: brief?.body ?? null, briefLocale: brief?.locale ?? null }
      : { hint: { number: hint, text: hints[hint - 1] ?? '' } }),
    commands: commandsOf(locale, found, hints.length).map(([command]) => command),
  };
}

function labPart(locale: Locale, found: KataOnDisk, brief: Brief | undefined): string {
  const { kata } = found;
  const t = showTexts[locale];
  const hints = brief?.hints.length ?? 0;
  const languages = kata.languages.map((language, at) =>
    at === 0 ? `\`${language}\` (${t.defaultLanguage})` : `\`${language}\``,
  );
  const options = Object.entries(kata.options).map(
    ([name, spec]) => `\`--${flagOf(name)} ${spec.default}\``,
  );
  const more = [
    `- ${t.services}: ${servicesLine(locale, kata)}`,
    ...(languages.length > 0 ? [`- ${t.languages}: ${languages.join(', ')}`] : []),
    `- ${t.options}: ${options.join(', ')}`,
    `- ${t.hints}: ${hints === 0 ? t.noHints : t.hintCount(hints)}`,
  ];
  const strategies = Object.entries(kata.strategies).map(
    ([name, text]) => `- \`${name}\`: ${text[locale]}`,
  );
  const commands = commandsOf(locale, found, hints);
  const width = Math.max(...commands.map(([command]) => command.length));
  const typed = commands.map(([command, why]) => `${command.padEnd(width)}   ${why}`);
  return [
    ...(hasPrograms(kata) ? [`## ${t.strategies}\n\n${strategies.join('\n')}`] : []),
    `## ${t.inThisLab}\n\n${more.join('\n')}`,
    `## ${t.commands}\n\n\`\`\`\n${typed.join('\n')}\n\`\`\``,
  ].join('\n\n');
}

/** What it needs as it is, and what other options need instead. */
function servicesLine(locale: Locale, kata: Kata): string {
  const t = showTexts[locale];
  const usual = usualServices(kata);
  const others = kata.services.filter((name) => !usual.includes(name));
  const line = usual.join(', ') || t.noServices;
  return others.length === 0 ? line : `${line} (${t.otherServices(others.join(', '))})`;
}

function commandsOf(
  locale: Locale,
  found: KataOnDisk,
  hints: number,
): [command: string, why: string][] {
  const { kata } = found;
  const id = wordFor(found);
  const t = showTexts[locale];
  return [
    ...(hasPrograms(kata)
      ? ([
          [`plan run ${id}`, t.runLesson],
          [`plan run ${id} --impl ./mine`, t.runOwn],
        ] as [string, string][])
      : ([[`plan run ${id}`, t.runPlayed]] as [string, string][])),
    [`plan run ${id} --help`, t.seeOptions],
    ...(hints > 0 ? [[`plan show ${id} --hint 1`, t.seeHint] as [string, string]] : []),
    [`plan doc ${id}`, t.writeJournal],
  ];
}

function optionJson(locale: Locale, name: string, spec: OptionSpec) {
  const { kind, help, default: standard } = spec;
  const values =
    spec.kind === 'choice' ? { choices: spec.choices } : { min: spec.min, max: spec.max };
  return {
    name,
    flag: `--${flagOf(name)}`,
    kind,
    default: standard,
    ...values,
    help: help[locale],
  };
}
