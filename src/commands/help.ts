import type { Command } from 'commander';
import { mainTexts } from '../i18n/main.js';
import { texts } from '../i18n/text.js';

/** What commander itself puts into `--help`, in the language of the program. */
export function translateHelp(command: Command): Command {
  const t = texts(mainTexts);
  const titles: Readonly<Record<string, string>> = t.helpTitles;
  return command.helpOption('-h, --help', t.helpOption).configureHelp({
    styleTitle: (title) => titles[title] ?? title,
    optionDescription: ({ description, argChoices }) =>
      argChoices ? `${description} (${argChoices.join('|')})`.trim() : description,
  });
}
