import { Help, type Command } from 'commander';
import { mainTexts } from '../i18n/main.js';
import { getLocale, texts } from '../i18n/text.js';
import { placeholders } from '../report/terminal/placeholders.js';
import { choicesText } from './choices.js';

/** What commander itself puts into `--help`, in the language of the program. */
export function translateHelp(command: Command): Command {
  const t = texts(mainTexts);
  const titles: Readonly<Record<string, string>> = t.helpTitles;
  const help = new Help();
  return command.helpOption('-h, --help', t.helpOption).configureHelp({
    styleTitle: (title) => titles[title] ?? title,
    commandUsage: (each) => placeholders(getLocale(), help.commandUsage(each)),
    // That each has options goes without saying; its own help has them.
    subcommandTerm: (each) =>
      placeholders(getLocale(), help.subcommandTerm(each).replace(' [options]', '')),
    optionTerm: (option) => placeholders(getLocale(), help.optionTerm(option)),
    optionDescription: ({ description, argChoices }) =>
      argChoices ? `${description} (${choicesText(argChoices)})`.trim() : description,
  });
}

/** The last part of every help. */
export function exampleOf(...commands: readonly string[]): string {
  return [`${texts(mainTexts).example}:`, ...commands.map((line) => `  $ ${line}`)].join('\n');
}
