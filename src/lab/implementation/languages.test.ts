import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { PlanError } from '../../base/errors.js';
import { useBuildHome } from '../../../test/support/build-home.js';
import { describeWith } from '../../../test/support/requires.js';
import { buildImplementation } from './build.js';
import { resolveImplementation } from './resolve.js';
import type { Built } from './types.js';

const run = promisify(execFile);
const patience = { timeout: 120_000 };

const at = useBuildHome();

type Files = Readonly<Record<string, string>>;

async function build(files: Files, own = '.'): Promise<Built> {
  for (const [name, contents] of Object.entries(files)) await at.folder.write(name, contents);
  const implementation = await resolveImplementation({ kataFolder: '/', own, cwd: at.folder.path });
  return buildImplementation(implementation, { signal: new AbortController().signal });
}

/** A reference implementation, with the kit of its language beside its kata. */
async function buildReference(language: string, files: Files): Promise<Built> {
  for (const [name, contents] of Object.entries(files)) await at.folder.write(name, contents);
  const implementation = await resolveImplementation({
    kataFolder: path.join(at.folder.path, 'kata-x'),
    language,
    cwd: at.folder.path,
  });
  return buildImplementation(implementation, { signal: new AbortController().signal });
}

/** What the built program prints. */
async function output({ command: [file = '', ...args], cwd, env }: Built): Promise<string> {
  const { stdout } = await run(file, args, { cwd, env: { ...process.env, ...env } });
  return stdout.trim();
}

async function failure(building: Promise<Built>): Promise<PlanError> {
  const error: unknown = await building.catch((cause: unknown) => cause);
  if (error instanceof PlanError) return error;
  throw new Error('it was built', { cause: error });
}

describeWith('rust', 'a program in Rust', () => {
  const cargoToml = '[package]\nname = "mine"\nversion = "0.1.0"\nedition = "2021"\n';
  const main = (word: string): string => `fn main() { println!("${word}"); }\n`;

  it('is built from its package, or from one file', patience, async () => {
    const built = await build({ 'Cargo.toml': cargoToml, 'src/main.rs': main('hello') });
    expect(built.language).toBe('rust');
    expect(built.runtime).toMatch(/^Rust 1\./);
    expect(await output(built)).toBe('hello');
    expect(await output(await build({ 'one/shop.rs': main('one') }, 'one/shop.rs'))).toBe('one');
  });

  it('is not taken for another one of the same name', patience, async () => {
    const names = ['a', 'b', 'c'];
    const built = await Promise.all(
      names.map((name) =>
        build({ [`${name}/Cargo.toml`]: cargoToml, [`${name}/src/main.rs`]: main(name) }, name),
      ),
    );
    expect(await Promise.all(built.map(output))).toEqual(names);
  });

  it('is built again once a package next door has changed', patience, async () => {
    const files = {
      'mine/Cargo.toml': `${cargoToml}[dependencies]\nword = { path = "../word" }\n`,
      'mine/src/main.rs': 'fn main() { println!("{}", word::WORD); }\n',
      'word/Cargo.toml': cargoToml.replace('mine', 'word'),
      'word/src/lib.rs': 'pub const WORD: &str = "one";\n',
    };
    expect(await output(await build(files, 'mine'))).toBe('one');
    const changed = { 'word/src/lib.rs': 'pub const WORD: &str = "another";\n' };
    expect(await output(await build(changed, 'mine'))).toBe('another');
  });

  it("that does not compile shows the compiler's words", patience, async () => {
    const wrong = build({ 'Cargo.toml': cargoToml, 'src/main.rs': 'fn main() { lend() }\n' });
    const fault = await failure(wrong);
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toMatch(/error\[E0425\].*`lend`[^]*src\/main\.rs:1:13/);
  });

  it('that lacks a crate says how to fetch it', patience, async () => {
    vi.stubEnv('CARGO_NET_OFFLINE', 'true');
    const wanting = `${cargoToml}[dependencies]\nplan-lab-no-such-crate = "1"\n`;
    const fault = await failure(build({ 'Cargo.toml': wanting, 'src/main.rs': main('') }));
    vi.stubEnv('CARGO_NET_OFFLINE', undefined);
    expect(fault.message).toContain('plan-lab-no-such-crate');
    expect(fault.mend).toContain('cargo fetch');
  });

  it('with several binaries must call one of them main', patience, async () => {
    const bins = { 'src/bin/left.rs': main('left'), 'src/bin/right.rs': main('right') };
    const fault = await failure(build({ 'Cargo.toml': cargoToml, ...bins }));
    expect(fault.message).toMatch(/several binaries.*: left, right/);
    expect(await output(await build({ 'src/bin/main.rs': main('main') }))).toBe('main');
  });
});

describeWith('java', 'a program in Java', () => {
  const main = (name: string, word: string): string =>
    `public class ${name} { public static void main(String[] a) { System.out.println(${word}); } }\n`;

  it('is built from its files, also in packages, or from one file', patience, async () => {
    const built = await build({
      'src/shop/Main.java': `package shop;\n${main('Main', 'Other.WORD')}`,
      'src/shop/Other.java': 'package shop;\nclass Other { static String WORD = "hello"; }\n',
    });
    expect(built.language).toBe('java');
    expect(built.runtime).toMatch(/^Java \d/);
    expect(await output(built)).toBe('hello');
    const one = await build({ 'one/Shop.java': main('Shop', '"one"') }, 'one/Shop.java');
    expect(await output(one)).toBe('one');
  });

  it('begins in the class with a main method, and prefers one called Main', patience, async () => {
    const files = {
      'A.java': main('A', '"A"'),
      'B.java': '// static void main(String[] args)\nclass B {}\n',
    };
    expect(await output(await build(files))).toBe('A');
    expect(await output(await build({ 'Main.java': main('Main', '"Main"') }))).toBe('Main');
  });

  it('says where it does not know where to begin', patience, async () => {
    const none = await failure(build({ 'B.java': 'class B {}\n' }));
    expect(none.message).toContain('public static void main');
    const several = await failure(build({ 'B.java': main('B', '1'), 'C.java': main('C', '2') }));
    expect(several.message).toMatch(/: B, C/);
  });

  it("that does not compile shows the compiler's words", patience, async () => {
    const fault = await failure(build({ 'Main.java': main('Main', 'nothing') }));
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toMatch(/Main\.java:1: error: cannot find symbol/);
  });

  it('finds the kit of the references', patience, async () => {
    const built = await buildReference('java', {
      'kata-x/java/Main.java': `import kit.Word;\n${main('Main', 'Word.WORD')}`,
      'kit/java/kit/Word.java': 'package kit;\npublic class Word { public static int WORD = 7; }\n',
    });
    expect(await output(built)).toBe('7');
  });
});

describeWith('python', 'a program in Python', () => {
  it('is found by its name, or is one file, and runs where it stands', patience, async () => {
    const built = await build({
      'main.py': 'from word import WORD\nprint(WORD, __file__.endswith("main.py"))\n',
      'word.py': 'WORD = "hello"\n',
      'requirements.txt': '# nothing yet\n',
    });
    expect(built.language).toBe('python');
    expect(built.runtime).toMatch(/^Python 3/);
    expect(await output(built)).toBe('hello True');
    const files = { 'one/shop.py': 'print("one")\n', 'one/bad.py': '(\n' };
    expect(await output(await build(files, 'one/shop.py'))).toBe('one');
  });

  it('that is no Python is told before it is started', patience, async () => {
    const fault = await failure(build({ 'main.py': 'import word\n', 'word.py': 'def x(:\n' }));
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toMatch(/word\.py", line 1[^]*SyntaxError/);
  });

  it('finds the kit of the references', patience, async () => {
    const built = await buildReference('python', {
      'kata-x/python/main.py': 'from kit import WORD\nprint(WORD)\n',
      'kit/python/kit/__init__.py': 'WORD = "kit"\n',
    });
    expect(await output(built)).toBe('kit');
  });
});

describeWith('venv', 'a requirements.txt', () => {
  it('that asks for what is not to be had is told in the words of pip', patience, async () => {
    vi.stubEnv('PIP_NO_INDEX', '1');
    const fault = await failure(
      build({ 'main.py': '', 'requirements.txt': 'plan-lab-no-such-package==1\n' }),
    );
    vi.stubEnv('PIP_NO_INDEX', undefined);
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toContain('plan-lab-no-such-package');
    expect(fault.mend).toContain('requirements.txt');
  });
});

describe('a language that is not installed', () => {
  it.each([
    ['Rust', { 'Cargo.toml': '[package]\n' }, /rustup|brew/],
    ['Java', { 'Main.java': 'class Main {}' }, /jdk/],
    ['Python', { 'main.py': '' }, /install python3/],
  ])('%s: says what installs it', async (title, files: Files, mend) => {
    vi.stubEnv('PATH', at.folder.path);
    vi.stubEnv('JAVA_HOME', undefined);
    const fault = await failure(build(files));
    vi.unstubAllEnvs();
    vi.stubEnv('XDG_CACHE_HOME', at.home);
    vi.stubEnv('XDG_STATE_HOME', at.home);
    expect(fault).toMatchObject({ code: 'no-toolchain', exit: 4 });
    expect(fault.message).toContain(title);
    expect(fault.mend).toMatch(mend);
  });
});
