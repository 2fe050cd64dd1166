import inquirer from 'inquirer';
import { checklistTexts } from '../../i18n/checklist.js';
import type { Locale } from '../../i18n/text.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

/** Questions to a person on a terminal. Loaded only where one is asked. */
export interface Choice {
  readonly name: string;
  readonly value: string;
  readonly checked?: boolean;
}

/** A choice, or a heading between choices. */
export type Line = Choice | { readonly heading: string };

/** @throws ExitPromptError on Ctrl-C, which `main` tells */
export async function chooseOne(
  locale: Locale,
  message: string,
  choices: readonly Choice[],
): Promise<string> {
  const { answer } = await inquirer.prompt<{ answer: string }>([
    {
      ...{ type: 'select', name: 'answer', message, theme: theme(locale) },
      ...{ choices: foreignRecord(choices), pageSize: 15 },
    },
  ]);
  return answer;
}

/** A whole number; undefined where only Enter was typed. @throws ExitPromptError on Ctrl-C */
export async function askNumber(message: string, fault: string): Promise<number | undefined> {
  const { answer } = await inquirer.prompt<{ answer: string }>([
    {
      ...{ type: 'input', name: 'answer', message },
      validate: (given: string) => /^\s*\d{0,9}\s*$/.test(given) || fault,
    },
  ]);
  return answer.trim() === '' ? undefined : Number(answer);
}

/** The values that are ticked in the end. @throws ExitPromptError on Ctrl-C */
export async function chooseMany(
  locale: Locale,
  message: string,
  lines: readonly Line[],
): Promise<string[]> {
  const rows = process.stdout.rows || 24;
  const { answer } = await inquirer.prompt<{ answer: string[] }>([
    {
      type: 'checkbox',
      name: 'answer',
      message,
      theme: theme(locale),
      loop: false,
      pageSize: Math.max(5, rows - 4),
      choices: foreignRecord(lines).map((line) =>
        'heading' in line
          ? new inquirer.Separator(line.heading)
          : // The answer repeats every tick; ids are enough there.
            { ...line, short: line.value },
      ),
    },
  ]);
  return answer;
}

/** inquirer names its keys in English; `↑↓ navigate • ⏎ select`. */
function theme(locale: Locale) {
  const names: Readonly<Record<string, string>> = checklistTexts[locale].keys;
  const keysHelpTip = (keys: [key: string, action: string][]) =>
    style.dim(keys.map(([key, action]) => `${key} ${names[action] ?? action}`).join(' · '));
  return { style: { keysHelpTip } };
}
