import { exitCodes, type ExitCode } from '../base/errors.js';
import { checklistTexts } from '../i18n/checklist.js';
import { getLocale, say, texts } from '../i18n/text.js';
import { wordsOf } from '../base/words.js';
import { hasPrograms, type Kata } from '../kata/define.js';
import { listKatas } from '../kata/discover.js';
import { findRoot } from '../plan/root.js';
import { reportFault } from '../report/terminal/fault.js';
import { isInteractive, print } from '../report/terminal/output.js';
import type { Choice } from '../report/terminal/questions.js';

type Perform = (argv: readonly string[]) => Promise<ExitCode>;

/**
 * `plan` alone: on a terminal a menu, each line of which does what typing a command would, and
 * says which. Elsewhere the help.
 */
export async function menu(showHelp: () => void, perform: Perform): Promise<ExitCode> {
  if (!isInteractive()) {
    showHelp();
    return exitCodes.ok;
  }
  for (;;) {
    const argv = await ask();
    if (argv === undefined) return exitCodes.ok;
    if (argv.length === 0) continue;
    print(`\n$ plan ${argv.join(' ')}`);
    // Ctrl-C leaves the menu too; any other fault is told, and the menu goes on.
    const exit = await perform(argv).catch((error: unknown) =>
      reportFault(getLocale(), error, argv),
    );
    if (exit === exitCodes.interrupted) return exit;
    print('');
  }
}

interface Entry extends Choice {
  /** What a kata is asked for first. */
  readonly of?: (kata: Kata) => readonly string[] | undefined;
}

/** The words to type after `plan`; none to go back, undefined to quit. */
async function ask(): Promise<readonly string[] | undefined> {
  const t = texts(checklistTexts);
  const { chooseOne } = await import('../report/terminal/questions.js');
  const entries = entriesOf(findRoot(process.cwd()) !== undefined);
  const choices = [...entries, { name: t.menuQuit, value: quit }];
  const chosen = await chooseOne(getLocale(), t.menuWhat, choices, quit);
  if (chosen === quit) return undefined;
  const { of } = entries.find(({ value }) => value === chosen) ?? {};
  return of === undefined ? wordsOf(chosen) : askKata(of);
}

const quit = 'quit';

/** What a person does in a week, in the order in which the plan asks for it. */
function entriesOf(hasRoot: boolean): readonly Entry[] {
  const t = texts(checklistTexts);
  const first = hasRoot ? { name: t.menuNext, value: 'next' } : { name: t.menuInit, value: 'init' };
  const all: Entry[] = [
    first,
    { name: t.menuShow, value: 'show' },
    { name: t.menuRun, value: 'run', of: ({ id }) => ['run', id] },
    {
      name: t.menuNew,
      value: 'new',
      of: (kata) => (hasPrograms(kata) ? ['new', kata.id] : undefined),
    },
    { name: t.menuHint, value: 'hint', of: ({ id }) => ['show', id, '--hint', '1'] },
    { name: t.menuCompare, value: 'compare', of: comparison },
  ];
  const kept: Entry[] = [
    { name: t.menuDlq, value: 'dlq' },
    { name: t.menuMystery, value: 'mystery' },
    { name: t.menuDoc, value: 'doc', of: ({ id }) => ['doc', id] },
    { name: t.menuTick, value: 'checklist --edit' },
    { name: t.menuPage, value: 'ui' },
    { name: t.menuReport, value: 'report' },
  ];
  return [...all, ...(hasRoot ? kept : []), { name: t.menuDoctor, value: 'doctor' }];
}

/** Two languages: each more takes as long again. */
function comparison({ id, languages }: Kata): readonly string[] | undefined {
  const two = languages.slice(0, 2);
  return two.length < 2 ? undefined : ['compare', id, '--lang', two.join(',')];
}

async function askKata(of: NonNullable<Entry['of']>): Promise<readonly string[]> {
  const t = texts(checklistTexts);
  const { chooseOne } = await import('../report/terminal/questions.js');
  const katas = (await listKatas()).flatMap(({ kata }) => (of(kata) === undefined ? [] : [kata]));
  const choices = katas.map(({ id, title }) => ({ name: `${id}  ${say(title)}`, value: id }));
  const back = { name: t.back, value: '' };
  const chosen = await chooseOne(getLocale(), t.whichKata, [...choices, back], back.value);
  const kata = katas.find(({ id }) => id === chosen);
  return (kata && of(kata)) ?? [];
}
