import { Command, Option } from 'commander';
import { exitCodes, type ExitCode } from './base/errors.js';
import { closeToOthers } from './base/umask.js';
import { exampleOf, translateHelp } from './commands/help.js';
import { chooseLocale } from './i18n/locale.js';
import { mainTexts } from './i18n/main.js';
import { dlqTexts } from './i18n/dlq.js';
import { explainTexts } from './i18n/explain.js';
import { mysteryTexts } from './i18n/mystery.js';
import { replayTexts } from './i18n/replay.js';
import { sequenceTexts } from './i18n/sequence.js';
import { traceTexts } from './i18n/trace.js';
import { getLocale, setLocale, texts } from './i18n/text.js';
import { uiTexts } from './i18n/ui.js';
import { hasLeftovers } from './register/leftovers.js';
import { findRoot, localeOf } from './plan/root.js';
import { print } from './report/terminal/output.js';

/** The command line as a table of contents; here is the only catch and the only exit code. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  closeToOthers();
  const root = findRoot(process.cwd());
  setLocale(chooseLocale({ flag: localeFlag(argv), progress: localeOf(root), env: process.env }));
  try {
    if (hasLeftovers()) {
      const { endLeftovers } = await import('./commands/leftovers.js');
      await endLeftovers();
    }
    return await perform(argv);
  } catch (error) {
    const { reportFault } = await import('./report/terminal/fault.js');
    return reportFault(getLocale(), error, argv);
  }
}

type Action = (...args: never[]) => Promise<ExitCode | undefined> | undefined;

async function perform(argv: readonly string[]): Promise<ExitCode> {
  let exit: ExitCode = exitCodes.ok;
  /** Loads a command only when it is the one asked for. */
  const lazily =
    (load: () => Promise<Action>) =>
    async (...args: unknown[]): Promise<void> => {
      const action = await load();
      exit = (await action(...(args as never[]))) ?? exitCodes.ok;
    };
  const program = commandLine(lazily);
  if (namesNoCommand(argv)) {
    const { menu } = await import('./commands/menu.js');
    return await menu(() => program.outputHelp(), perform);
  }
  await program.parseAsync(argv, { from: 'user' });
  return exit;
}

type Lazily = (load: () => Promise<Action>) => (...args: unknown[]) => Promise<void>;

function commandLine(lazily: Lazily): Command {
  const t = texts(mainTexts);
  const program = translateHelp(new Command('plan'))
    .description(t.tagline)
    .version(PLAN_VERSION, '-V, --version', t.versionOption)
    .addHelpText('after', `\n${exampleOf('plan next')}\n  $ plan run kata-4\n\n${t.moreHelp}`)
    .addOption(new Option('--locale <locale>', t.localeOption).choices(['es', 'en']))
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => undefined });

  const command = (signature: string, description: string, example: string): Command =>
    program
      .command(signature)
      .description(description)
      .addOption(new Option('--locale <locale>', t.localeOption).choices(['es', 'en']))
      .addHelpText('after', `\n${exampleOf(example)}`);
  const group = (heading: string): unknown => program.commandsGroup(heading);

  group(t.groups.study);
  command('init', t.init, 'plan init --start 2026-01-05 --locale es')
    .option('--start <date>', t.startOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/init.js')).init));
  command('next', t.next, 'plan next')
    .option('--date <date>', t.dateOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/next.js')).next));
  command('checklist', t.checklist, 'plan checklist --month 2')
    .option('--month <n>', t.monthOption)
    .option('--final', t.finalOption)
    .option('--edit', t.editOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/checklist.js')).checklist));
  command('check <id...>', t.check, 'plan check m1.b1.theory-1 kata-4')
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/check.js')).check));
  command('uncheck <id...>', t.uncheck, 'plan uncheck m1.b1.theory-1')
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/check.js')).uncheck));
  command('list', t.list, 'plan list')
    .option('--wide', t.wideOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/list.js')).list));
  command('show [name]', t.show, 'plan show kata-4 --hint 1')
    .option('--hint <n>', t.hintOption)
    .option('--solution [strategy]', t.solutionOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/show.js')).show));
  command('doc <kata>', t.doc, 'plan doc kata-4')
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/doc.js')).doc));
  command('report', t.report, 'plan report --format md > report.md')
    .addOption(
      new Option('--format <format>', t.formatOption).choices(['terminal', 'md', 'html', 'json']),
    )
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/report.js')).report));
  command('ui', t.ui, 'plan ui --port 7777')
    .option('--port <port>', texts(uiTexts).portOption)
    .option('--no-open', texts(uiTexts).noOpenOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/ui.js')).ui));
  group(t.groups.run);
  command('run [kata]', t.run, 'plan run kata-4 --isolation serializable')
    .usage('<kata> [options]')
    .addHelpText('after', `\n${t.ofTheKata}`)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(lazily(async () => (await import('./commands/run.js')).run));
  command('compare [kata]', t.compare, 'plan compare kata-1 --lang node,go')
    .usage('<kata> [options]')
    .addHelpText('after', `\n${t.ofTheKata}`)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(lazily(async () => (await import('./commands/compare.js')).compare));
  group(t.groups.look);
  command('recheck <run>', t.recheck, 'plan recheck results/kata-4/latest')
    .option('--kata <folder>', t.recheckKataOption)
    .option('--wide', t.wideOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/recheck.js')).recheck));
  command('replay <run>', t.replay, 'plan replay results/kata-4/latest --times 10')
    .option('--times <n>', texts(replayTexts).timesOption)
    .option('--kata <folder>', t.recheckKataOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/replay.js')).replay));
  command('dlq [action] [ids...]', t.dlq, 'plan dlq replay --all')
    .option('--run <folder>', texts(dlqTexts).runOption)
    .option('--kata <kata>', texts(dlqTexts).kataOption)
    .option('--case <case>', texts(dlqTexts).caseOption)
    .option('--all', texts(dlqTexts).allOption)
    .option('--still-broken', texts(dlqTexts).brokenOption)
    .option('--wide', t.wideOption)
    .addOption(new Option('--services <provider>').choices(['url', 'docker', 'local', 'embedded']))
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/dlq.js')).dlq));
  command('sequence [id]', t.sequence, 'plan sequence --stuck')
    .option('--run <folder>', texts(sequenceTexts).runOption)
    .option('--kata <folder>', t.recheckKataOption)
    .option('--case <case>', texts(sequenceTexts).caseOption)
    .option('--stuck', texts(sequenceTexts).stuckOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/sequence.js')).sequence));
  command('trace [id]', t.trace, 'plan trace --slowest')
    .option('--run <folder>', texts(traceTexts).runOption)
    .option('--kata <folder>', t.recheckKataOption)
    .option('--case <case>', texts(traceTexts).caseOption)
    .option('--slowest', texts(traceTexts).slowestOption)
    .option('--failed', texts(traceTexts).failedOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/trace.js')).trace));
  command('mystery', t.mystery, 'plan mystery --answer lock')
    .option('--answer <cause>', texts(mysteryTexts).answerOption)
    .option('--hint', texts(mysteryTexts).hintOption)
    .option('--give-up', texts(mysteryTexts).giveUpOption)
    .option('--cause <cause>', texts(mysteryTexts).causeOption)
    .addOption(
      new Option('--services <provider>', t.servicesOption).choices([
        'url',
        'docker',
        'local',
        'embedded',
      ]),
    )
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/mystery.js')).mystery));
  command('explain [run]', t.explain, 'plan explain --step')
    .option('--case <case>', texts(explainTexts).caseOption)
    .option('--kata <folder>', t.recheckKataOption)
    .option('--step', texts(explainTexts).stepOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/explain.js')).explain));
  group(t.groups.own);
  command('new <kata> [folder]', t.new, 'plan new kata-4 --lang go ./mine')
    .option('--lang <language>', t.newLangOption)
    .option('--cmd <command>', t.newCmdOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/new.js')).newImplementation));
  group(t.groups.services);
  program.helpCommand('help [command]', t.helpCommand);
  command('observe <action>', t.observe, 'plan observe up')
    .addOption(
      new Option('--services <provider>', t.servicesOption).choices([
        'docker',
        'local',
        'embedded',
      ]),
    )
    .option('--reveal', t.revealOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/observe.js')).observe));
  command('services <action> [services...]', t.services, 'plan services up')
    .addOption(
      new Option('--services <provider>', t.servicesOption).choices([
        'url',
        'docker',
        'local',
        'embedded',
      ]),
    )
    .option('--reveal', t.revealOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/services.js')).services));
  command('doctor', t.doctor, 'plan doctor')
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/doctor.js')).doctor));
  command('completion <shell>', t.completion, 'plan completion bash >> ~/.bashrc').action(
    lazily(async () => (await import('./commands/completion.js')).completion),
  );
  group(t.groups.authors);
  command('new-kata [folder]', t.newKata, 'plan new-kata ./my-kata')
    .option('--roles <roles>', t.newKataRolesOption)
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/new-kata.js')).newKata));
  command('dev <task> [kata...]', t.dev, 'plan dev check ./my-kata')
    .option('--only <parts>', t.onlyOption)
    .option('--sample', t.sampleOption)
    .addOption(new Option('--services <provider>').choices(['url', 'docker', 'local', 'embedded']))
    .option('--json', t.jsonOption)
    .action(lazily(async () => (await import('./commands/dev.js')).dev));
  return program;
}

function namesNoCommand(argv: readonly string[]): boolean {
  const [first, second] = argv;
  if (first === undefined) return true;
  if (first.startsWith('--locale=')) return second === undefined;
  return first === '--locale' && argv.length === 2;
}

/** Read before parsing, so that help itself is in the right language. */
function localeFlag(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === '--locale' || word.startsWith('--locale='));
  return argv[at]?.split('=')[1] ?? (at < 0 ? undefined : argv[at + 1]);
}
