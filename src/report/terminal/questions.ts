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

/**
 * @param leave what Esc and q choose, where one may leave without a choice
 * @throws ExitPromptError on Ctrl-C, which `main` tells
 */
export async function chooseOne(
  locale: Locale,
  message: string,
  choices: readonly Choice[],
  leave?: string,
): Promise<string> {
  const keys = leave === undefined ? [] : ['escape', 'q'];
  const left = await leavingAt(keys, (signal) =>
    inquirer.createPromptModule({ signal })<{ answer: string }>([
      {
        ...{ type: 'select', name: 'answer', message, theme: theme(locale, keys.length > 0) },
        ...{ choices: foreignRecord(choices), pageSize: 15 },
      },
    ]),
  );
  return left?.answer ?? leave ?? '';
}

/** What was asked; undefined where one of these keys was typed instead of an answer. */
async function leavingAt<T>(
  keys: readonly string[],
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const leaving = new AbortController();
  const heard = (_text: string | undefined, key?: { readonly name?: string }): void => {
    if (keys.includes(key?.name ?? '')) leaving.abort();
  };
  process.stdin.on('keypress', heard);
  try {
    return await ask(leaving.signal);
  } catch (error) {
    if (leaving.signal.aborted) return undefined;
    throw error;
  } finally {
    process.stdin.off('keypress', heard);
  }
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

/** The values that are ticked in the end; undefined after Esc or q. @throws ExitPromptError on Ctrl-C */
export async function chooseMany(
  locale: Locale,
  message: string,
  lines: readonly Line[],
): Promise<string[] | undefined> {
  const rows = process.stdout.rows || 24;
  const left = await leavingAt(['escape', 'q'], (signal) =>
    inquirer.createPromptModule({ signal })<{ answer: string[] }>([
      {
        type: 'checkbox',
        name: 'answer',
        message,
        theme: theme(locale, true),
        loop: false,
        pageSize: Math.max(5, rows - 4),
        choices: foreignRecord(lines).map((line) =>
          'heading' in line
            ? new inquirer.Separator(line.heading)
            : // The answer repeats every tick; ids are enough there.
              { ...line, short: line.value },
        ),
      },
    ]),
  );
  return left?.answer;
}

/** inquirer names its keys in English; `↑↓ navigate • ⏎ select`. */
function theme(locale: Locale, mayLeave: boolean) {
  const names: Readonly<Record<string, string>> = checklistTexts[locale].keys;
  const keysHelpTip = (keys: [key: string, action: string][]) =>
    style.dim(
      [...keys, ...(mayLeave ? [['esc', 'leave'] as const] : [])]
        .map(([key, action]) => `${names[key] ?? key} ${names[action] ?? action}`)
        .join(' · '),
    );
  return { style: { keysHelpTip } };
}
