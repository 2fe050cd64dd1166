import { execFile } from 'node:child_process';
import { readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { PlanError } from '../../base/errors.js';
import { useBuildHome } from '../../../test/support/build-home.js';
import { makeFolder } from '../../../test/support/folder.js';
import { describeWith } from '../../../test/support/requires.js';
import { buildImplementation } from './build.js';
import { resolveImplementation } from './resolve.js';
import type { Built } from './types.js';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');

const at = useBuildHome();

const builds = (): Promise<string[]> => readdir(path.join(at.home, 'plan/builds')).catch(() => []);

async function build(
  files: Readonly<Record<string, string>>,
  { own = '.', signal = new AbortController().signal, told = [] as string[] } = {},
): Promise<Built> {
  for (const [name, contents] of Object.entries(files)) await at.folder.write(name, contents);
  const implementation = await resolveImplementation({ kataFolder: '/', own, cwd: at.folder.path });
  return buildImplementation(implementation, { signal, onProgress: (text) => told.push(text) });
}

/** What the built program prints. */
async function output({ command: [file = '', ...args], cwd }: Built): Promise<string> {
  const { stdout } = await run(file, args, { cwd });
  return stdout.trim();
}

async function failure(building: Promise<Built>): Promise<PlanError> {
  const error: unknown = await building.catch((cause: unknown) => cause);
  if (error instanceof PlanError) return error;
  throw new Error('it was built', { cause: error });
}

describe('a program in Node', () => {
  it('is bundled from TypeScript, also where an import is only a type', async () => {
    const built = await build({
      'index.ts':
        "import { Greeting, greet } from './greet.js'; const to: Greeting = 'you'; console.log(greet(to));",
      'greet.ts':
        'export type Greeting = string; export const greet = (to: Greeting): string => `hello ${to}`;',
    });
    expect(built).toMatchObject({ language: 'node', runtime: `Node ${process.versions.node}` });
    expect(await output(built)).toBe('hello you');
  });

  it('may use the packages of this project where it has none of its own', async () => {
    const built = await build({ 'index.js': "import pg from 'pg'; console.log(typeof pg.Pool);" });
    expect(await output(built)).toBe('function');
  });

  it('uses its own packages first', async () => {
    const built = await build({
      'index.cjs': "console.log(require('pg'));",
      'node_modules/pg/package.json': '{"name": "pg", "main": "own.js"}',
      'node_modules/pg/own.js': "module.exports = 'own';",
    });
    expect(await output(built)).toBe('own');
  });

  it('finds files beside its sources, in CommonJS and in modules', async () => {
    const files = {
      'index.cjs':
        "const fs = require('fs'); console.log(fs.readFileSync(__dirname + '/data/a.txt', 'utf8')); require('./deep/b.mjs');",
      'deep/b.mjs':
        "import { readFileSync } from 'node:fs'; console.log(readFileSync(new URL('../data/b.txt', import.meta.url), 'utf8'));",
      'data/a.txt': 'a',
      'data/b.txt': 'b',
    };
    expect(await output(await build(files))).toBe('a\nb');
  });

  it('knows that it is the main program', async () => {
    const commonJs = "if (require.main === module) console.log('main'); module.exports = 1;";
    expect(await output(await build({ 'index.cjs': commonJs }))).toBe('main');
    const module = `
      import { pathToFileURL } from 'node:url';
      import './other.mjs';
      if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log('main');`;
    const other = module.replace("import './other.mjs';", '').replace("'main'", "'other'");
    const own = 'module';
    const files = { [`${own}/index.mjs`]: module, [`${own}/other.mjs`]: other };
    expect(await output(await build(files, { own }))).toBe('main');
  });

  it('may stand behind a link', async () => {
    await at.folder.write('real/index.cjs', 'console.log(require.main === module);');
    await symlink(path.join(at.folder.path, 'real'), path.join(at.folder.path, 'link'));
    expect(await output(await build({}, { own: 'link' }))).toBe('true');
  });

  it('may make a require of its own, and begin with a line for the shell', async () => {
    const built = await build({
      'index.mjs': `#!/usr/bin/env node
        import { createRequire } from 'node:module';
        const require = createRequire(import.meta.url);
        console.log(require('./data.json').answer);`,
      'data.json': '{"answer": 42}',
    });
    expect(await output(built)).toBe('42');
  });

  it("shows the learner's own lines in a stack trace", async () => {
    const built = await build({
      'index.ts': "import { fail } from './deep/fail.js';\n\nfail();",
      'deep/fail.ts':
        "interface Unused {\n  a: 1;\n}\nexport function fail(): never {\n  throw new Error('oops');\n}",
    });
    const { stderr } = (await output(built).catch((error: unknown) => error)) as { stderr: string };
    expect(stderr).toContain('deep/fail.ts:5');
    expect(stderr).toContain('index.ts:3');
  });

  it('that is no TypeScript shows file and line, and is built once it is', async () => {
    const fault = await failure(build({ 'index.ts': 'const a = 1;\nconst = 2;\n' }));
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toMatch(/index\.ts:2:\d+: /);
    expect(fault.message).toContain('const = 2;');
    expect(await output(await build({ 'index.ts': "console.log('mended');" }))).toBe('mended');
  });

  it('that lacks a package names it, and the command that installs it', async () => {
    const fault = await failure(build({ 'index.ts': "import 'no-such-package-of-mine';" }));
    expect(fault.message).toContain('no-such-package-of-mine');
    expect(fault.mend).toContain('npm install');
  });

  it('is held to no tsconfig.json but its own', async () => {
    // That of this project forbids importing a type as if it were a value.
    const inside = await makeFolder({}, path.join(repository, 'node_modules/.cache'));
    try {
      await inside.write(
        'index.ts',
        "import { T } from './t.js'; const t: T = 'built'; console.log(t);",
      );
      await inside.write('t.ts', 'export type T = string;');
      expect(await output(await build({}, { own: inside.path }))).toBe('built');
    } finally {
      await inside.remove();
    }
  });
});

describe('a build', () => {
  it('is made once for the same sources, and again for others', async () => {
    const told: string[] = [];
    const first = await build({ 'index.ts': "console.log('one');" }, { told });
    const again = await build({}, { told });
    expect(again).toEqual(first);
    expect(told).toHaveLength(1);
    const other = await build({ 'index.ts': "console.log('two');" }, { told });
    expect(told).toHaveLength(2);
    expect([await output(first), await output(other)]).toEqual(['one', 'two']);
  });

  it('is made again once something next door has changed', async () => {
    const files = {
      'mine/index.ts':
        "import { word } from '../shared/word.js'; import 'left'; console.log(word);",
      'mine/node_modules/left/index.js': "console.log('left');",
      'shared/word.ts': "export const word = 'one';",
    };
    expect(await output(await build(files, { own: 'mine' }))).toBe('left\none');
    const shared = { 'shared/word.ts': "export const word = 'two';" };
    expect(await output(await build(shared, { own: 'mine' }))).toBe('left\ntwo');
    const left = { 'mine/node_modules/left/index.js': "console.log('right');" };
    expect(await output(await build(left, { own: 'mine' }))).toBe('right\ntwo');
    const told: string[] = [];
    await build({}, { own: 'mine', told });
    expect(told).toEqual([]);
  });

  it('that failed leaves nothing behind', async () => {
    const before = await builds();
    await failure(build({ 'index.ts': 'const' }));
    expect(await builds()).toEqual(before);
  });

  it('can be made by several plans at the same moment', async () => {
    await at.folder.write('index.ts', "console.log('whole');");
    // A copy of the module each, as in processes of their own.
    const all = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        vi.resetModules();
        const copy = await import('./build.js');
        const own = await resolveImplementation({ kataFolder: '/', own: '.', cwd: at.folder.path });
        return copy.buildImplementation(own, { signal: new AbortController().signal });
      }),
    );
    expect(await Promise.all(all.map(output))).toEqual(['whole', 'whole', 'whole', 'whole']);
    expect((await builds()).filter((name) => name.includes('aside'))).toEqual([]);
  });

  it('is not begun once the run is aborted', async () => {
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(build({ 'index.ts': 'const' }, { signal })).rejects.toThrow('Ctrl-C');
  });
});

describe("a program with commands of its learner's", () => {
  it('is built and started by them, in its folder', async () => {
    const built = await build({
      'implementation.json': JSON.stringify({
        language: 'command',
        build: ['/bin/sh', '-c', 'echo "echo $PWD" > made.sh'],
        start: ['/bin/sh', 'made.sh'],
      }),
    });
    expect(built).toMatchObject({ language: 'command', cwd: at.folder.path });
    expect(await output(built)).toBe(at.folder.path);
  });

  it('starts with the Node of this program where it says node', async () => {
    const built = await build({
      'implementation.json': '{"language": "node", "start": ["node", "shop.js"]}',
      'shop.js': '',
    });
    expect(built.command).toEqual([process.execPath, 'shop.js']);
    expect(built.runtime).toBe(`Node ${process.versions.node}`);
  });

  it('tells the words of a build that fails, the first forty lines', async () => {
    const script = 'i=1; while [ $i -le 100 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 3';
    const commands = { language: 'command', build: ['/bin/sh', '-c', script], start: ['true'] };
    const fault = await failure(build({ 'implementation.json': JSON.stringify(commands) }));
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toContain('line 40');
    expect(fault.message).not.toContain('line 41');
    expect(fault.message).toContain('60');
  });

  it('tells a build command that is not there', async () => {
    const commands = { language: 'command', build: ['plan-no-such-tool'], start: ['true'] };
    const fault = await failure(build({ 'implementation.json': JSON.stringify(commands) }));
    expect(fault).toMatchObject({ code: 'command-not-found', exit: 4 });
    expect(fault.message).toContain('plan-no-such-tool');
  });
});

describeWith('go', 'a program in Go', () => {
  const main = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n';

  it('is built from its module', { timeout: 120_000 }, async () => {
    const built = await build({ 'go.mod': 'module shop\n\ngo 1.20\n', 'main.go': main });
    expect(built.language).toBe('go');
    expect(built.runtime).toMatch(/^go1\./);
    expect(await output(built)).toBe('hello');
  });

  it('is built from files without a module', { timeout: 120_000 }, async () => {
    const parts = { 'main.go': main.replace('"hello"', 'word()'), 'word.go': wordGo };
    expect(await output(await build(parts))).toBe('hello');
  });

  it('is built from one file', { timeout: 120_000 }, async () => {
    expect(await output(await build({ 'shop.go': main }, { own: 'shop.go' }))).toBe('hello');
  });

  it('is built again once a module next door has changed', { timeout: 120_000 }, async () => {
    const using = main
      .replace('"fmt"', '(\n\t"fmt"\n\t"example.invalid/word"\n)')
      .replace('"hello"', 'word.Word');
    const files = {
      'mine/go.mod':
        'module mine\n\ngo 1.20\n\nrequire example.invalid/word v0.0.0\nreplace example.invalid/word => ../word\n',
      'mine/main.go': using,
      'word/go.mod': 'module example.invalid/word\n\ngo 1.20\n',
      'word/word.go': 'package word\n\nconst Word = "one"\n',
    };
    expect(await output(await build(files, { own: 'mine' }))).toBe('one');
    const changed = { 'word/word.go': files['word/word.go'].replace('one', 'two') };
    expect(await output(await build(changed, { own: 'mine' }))).toBe('two');
  });

  it("that does not compile shows the compiler's words", { timeout: 120_000 }, async () => {
    const wrong = main.replace('fmt.Println("hello")', 'return 1');
    const fault = await failure(build({ 'go.mod': 'module shop\n\ngo 1.20\n', 'main.go': wrong }));
    expect(fault).toMatchObject({ code: 'build-failed', exit: 1 });
    expect(fault.message).toMatch(/main\.go:6:\d+: too many return values/);
  });

  it('that lacks a module says how to fetch it', { timeout: 120_000 }, async () => {
    vi.stubEnv('GOPROXY', 'off');
    vi.stubEnv('GOFLAGS', '-mod=mod');
    try {
      const wanting = main
        .replace('"fmt"', '"fmt"\n\t_ "example.invalid/nothing"')
        .replace('import "fmt"', 'import (\n"fmt"')
        .replace('nothing"\n', 'nothing"\n)\n');
      const fault = await failure(
        build({ 'go.mod': 'module shop\n\ngo 1.20\n', 'main.go': wanting }),
      );
      expect(fault.message).toContain('example.invalid/nothing');
      expect(fault.mend).toContain('go mod download');
    } finally {
      vi.stubEnv('GOPROXY', undefined);
      vi.stubEnv('GOFLAGS', undefined);
    }
  });

  it('without Go names the command that installs it', async () => {
    await at.folder.write('go.mod', 'module shop\n\ngo 1.20\n');
    vi.stubEnv('PATH', at.folder.path);
    try {
      const fault = await failure(build({ 'main.go': main }));
      expect(fault).toMatchObject({ code: 'no-toolchain', exit: 4 });
      expect(fault.mend).toMatch(/install/);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

const wordGo = 'package main\n\nfunc word() string { return "hello" }\n';
