import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, type Desk } from './support/cli.js';

let desk: Desk;
const script = (shell: string) => path.join(desk.folder, `plan.${shell}`);

beforeAll(async () => {
  desk = await makeDesk();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { exitCode, stdout } = await desk.plan('completion', shell);
    expect(exitCode).toBe(0);
    await writeFile(script(shell), stdout);
  }
});

afterAll(() => desk.remove());

const cases: [line: string, offered: readonly string[], not: readonly string[]][] = [
  ['plan ', ['init', 'run', 'checklist', 'completion'], ['kata-4']],
  ['plan re', ['recheck', 'report'], ['run']],
  ['plan --locale es re', ['recheck', 'report'], ['run']],
  ['plan run ', ['kata-4'], ['init']],
  ['plan run kata-4 --is', ['--isolation'], ['--impl']],
  ['plan run kata-4 --', ['--lang', '--impl', '--buyers', '--services'], ['--month']],
  ['plan run kata-4 --isolation ', ['read-committed', 'serializable'], ['kata-4']],
  ['plan run kata-4 --lang go --strategy ', ['naive', 'atomic'], ['go']],
  ['plan new kata-4 ./mine --lang ', ['node', 'go', 'python'], ['kata-4', 'mine']],
  ['plan show ca', ['cap'], ['kata-4', 'acid']],
  ['plan show ', ['kata-4', 'cap', 'isolation-levels'], ['init']],
  ['plan check m2.b1.k', ['m2.b1.kata-3', 'm2.b1.kata-4'], ['m2.b2.kata-5']],
  ['plan check kata-4 final.', ['final.1', 'final.10'], []],
  ['plan services ', ['up', 'down', 'status'], []],
  ['plan dlq ', ['list', 'show', 'replay'], ['kata-8']],
  ['plan dlq replay --', ['--all', '--still-broken', '--run'], []],
  ['plan report --format ', ['terminal', 'md', 'html', 'json'], []],
  ['plan completion ', ['bash', 'zsh', 'fish'], []],
];

describe('in bash', () => {
  it.each(cases)('%s', async (line, offered, not) => {
    const words = line.split(' ');
    const { stdout } = await execa('bash', [
      ...['--norc', '-c', completeInBash, 'bash'],
      ...[script('bash'), ...words],
    ]);
    expectOffers(stdout, offered, not);
  });

  it('after an equals sign, which bash takes for a word of its own', async () => {
    const words = ['plan', 'run', 'kata-4', '--isolation', '=', 'ser'];
    const run = ['--norc', '-c', completeInBash, 'bash', script('bash'), ...words];
    expect((await execa('bash', run)).stdout).toBe('serializable');
  });

  it('is registered for plan, and read without a word', async () => {
    const { stdout } = await execa('bash', [
      '--norc',
      '-c',
      `. "$1"; complete -p plan`,
      'bash',
      script('bash'),
    ]);
    expect(stdout).toContain('_plan_completion plan');
  });
});

// Where zsh and fish are not installed, there is nothing to ask; the text is then all we can check.
describe('in the other shells', () => {
  it.each(cases)('fish: %s', async (line, offered, not) => {
    const run = [
      '--no-config',
      '-c',
      'source $argv[1]; complete -C $argv[2]',
      script('fish'),
      line,
    ];
    const outcome = await execa('fish', run, { reject: false });
    if (outcome.exitCode === undefined) return expectText('fish', offered);
    expectOffers(outcome.stdout.replace(/\t.*$/gm, ''), offered, not);
  });

  it.each(cases)('zsh: %s', async (line, offered, not) => {
    const run = ['-f', '-c', completeInZsh, 'zsh', script('zsh'), ...line.split(' ')];
    const outcome = await execa('zsh', run, { reject: false });
    if (outcome.exitCode === undefined) return expectText('zsh', offered);
    expect(outcome.stderr).toBe('');
    const current = line.split(' ').at(-1) ?? '';
    const words = outcome.stdout.split('\n').filter((word) => word.startsWith(current));
    expectOffers(words.join('\n'), offered, not);
  });
});

it('an unknown shell is told, with the nearest', async () => {
  const { exitCode, stderr } = await desk.plan('completion', 'bahs');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('plan completion bash');
});

const completeInBash = `
. "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_plan_completion
printf '%s\\n' "\${COMPREPLY[@]}"`;

/** The completion function with zsh's own builtins put in plain words. */
const completeInZsh = `
compdef() { :; }
compadd() { [[ $1 == -a ]] && print -l -- "\${(P@)2}" || print -l -- "$@" }
_describe() { print -l -- "\${(P@)2%%:*}" }
_files() { :; }
. "$1"; shift
words=("$@"); CURRENT=$#
_plan`;

function expectOffers(stdout: string, offered: readonly string[], not: readonly string[]): void {
  const words = stdout.split('\n').map((word) => word.trim());
  for (const word of offered) expect(words).toContain(word);
  for (const word of not) expect(words).not.toContain(word);
}

async function expectText(shell: string, offered: readonly string[]): Promise<void> {
  const { stdout } = await desk.plan('completion', shell);
  for (const word of offered) expect(stdout).toContain(word.replace(/^--/, ''));
}
