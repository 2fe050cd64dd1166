import { exitCodes, type ExitCode } from '../base/errors.js';
import { checklistTexts } from '../i18n/checklist.js';
import { getLocale, say, texts } from '../i18n/text.js';
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

/** The words to type after `plan`; none to go back, undefined to quit. */
async function ask(): Promise<readonly string[] | undefined> {
  const t = texts(checklistTexts);
  const { chooseOne } = await import('../report/terminal/questions.js');
  const hasRoot = findRoot(process.cwd()) !== undefined;
  const choices: Choice[] = [
    ...(hasRoot ? [] : [{ name: t.menuInit, value: 'init' }]),
    ...(hasRoot ? [{ name: t.menuNext, value: 'next' }] : []),
    { name: t.menuShow, value: 'show' },
    { name: t.menuRun, value: 'run' },
    ...(hasRoot
      ? [
          { name: t.menuTick, value: 'checklist' },
          { name: t.menuReport, value: 'report' },
        ]
      : []),
    { name: t.menuQuit, value: 'quit' },
  ];
  const chosen = await chooseOne(getLocale(), t.menuWhat, choices);
  if (chosen === 'quit') return undefined;
  if (chosen === 'run') return askKata();
  return chosen === 'checklist' ? ['checklist', '--edit'] : [chosen];
}

async function askKata(): Promise<readonly string[]> {
  const t = texts(checklistTexts);
  const { chooseOne } = await import('../report/terminal/questions.js');
  const katas = (await listKatas()).map(({ kata }) => ({
    name: `${kata.id}  ${say(kata.title)}`,
    value: kata.id,
  }));
  const chosen = await chooseOne(getLocale(), t.whichKata, [...katas, { name: t.back, value: '' }]);
  return chosen === '' ? [] : ['run', chosen];
}
