import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, type TemporaryFolder } from '../../../test/support/folder.js';
import { resolveImplementation } from './resolve.js';
import type { Implementation } from './types.js';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await makeFolder({
    'katas/kata-x/node/main.ts': 'export {};',
    'katas/kata-x/go/go.mod': 'module x\n',
    'katas/kata-x/kata.ts': '',
    'katas/kit/node/serve.ts': 'export const kit = 1;',
  });
});
afterEach(() => folder.remove());

const resolve = (wanted: { own?: string; language?: string }): Promise<Implementation> =>
  resolveImplementation({
    kataFolder: path.join(folder.path, 'katas/kata-x'),
    cwd: folder.path,
    ...wanted,
  });

describe('a reference implementation', () => {
  it('is in Node unless another language is asked for', async () => {
    const node = await resolve({});
    expect(node).toMatchObject({ kind: 'reference', language: 'node', strategies: undefined });
    expect(node.entry).toBe(path.join(folder.path, 'katas/kata-x/node/main.ts'));
    expect(await resolve({ language: 'go' })).toMatchObject({ language: 'go', entry: undefined });
  });

  it('has another hash once the kit of its language has changed', async () => {
    const { hash } = await resolve({});
    const { hash: ofGo } = await resolve({ language: 'go' });
    await folder.write('katas/kit/node/serve.ts', 'export const kit = 2;');
    expect((await resolve({})).hash).not.toBe(hash);
    expect((await resolve({ language: 'go' })).hash).toBe(ofGo);
  });

  it('is refused in a language that the kata has none in, naming those that it has', async () => {
    const refused = resolve({ language: 'cobol' });
    await expect(refused).rejects.toMatchObject({ code: 'no-reference', exit: 2 });
    await expect(refused).rejects.toThrow(/cobol.*node, go/);
  });
});

describe("the learner's own implementation", () => {
  it.each([
    ['index before server', { 'server.js': '', 'index.ts': '' }, 'index.ts'],
    ['TypeScript before what was made of it', { 'main.js': '', 'main.ts': '' }, 'main.ts'],
    ['sources one folder down', { 'src/server.ts': '' }, 'src/server.ts'],
    [
      'what package.json names',
      { 'package.json': '{"main": "app.js"}', 'app.js': '', 'index.js': '' },
      'app.js',
    ],
    [
      'what package.json names without an ending',
      { 'package.json': '{"main": "./app"}', 'app.cjs': '' },
      'app.cjs',
    ],
    [
      'the usual name where package.json names nothing that is there',
      { 'package.json': '{"main": "index.js"}', 'server.mjs': '' },
      'server.mjs',
    ],
  ])('in Node begins with %s', async (_, files: Record<string, string>, entry) => {
    for (const [name, contents] of Object.entries(files))
      await folder.write(`mine/${name}`, contents);
    const own = await resolve({ own: './mine' });
    expect(own).toMatchObject({ kind: 'own', language: 'node' });
    expect(own.path).toBe(path.join(folder.path, 'mine'));
    expect(own.entry).toBe(path.join(folder.path, 'mine', entry));
  });

  it('is in Go where there is a go.mod or a Go file', async () => {
    await folder.write('a/go.mod', 'module a');
    await folder.write('b/shop.go', 'package main');
    expect(await resolve({ own: 'a' })).toMatchObject({ language: 'go' });
    expect(await resolve({ own: 'b' })).toMatchObject({ language: 'go' });
  });

  it('may be one file', async () => {
    const file = await folder.write('shop.ts', 'export {};');
    const own = await resolve({ own: 'shop.ts' });
    expect(own).toMatchObject({ language: 'node', path: file, folder: folder.path, entry: file });
    expect(own.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says itself how it is started, whatever it is written in', async () => {
    const said = { start: ['./shop.sh'], strategies: ['atomic'] };
    await folder.write('mine/implementation.json', JSON.stringify(said));
    await folder.write('mine/shop.sh', '#!/bin/sh');
    expect(await resolve({ own: 'mine' })).toMatchObject({ language: 'command', ...said });
  });

  it('in several languages asks which one, and takes the one that is said', async () => {
    await folder.write('mine/index.ts', '');
    await folder.write('mine/go.mod', 'module mine');
    const asked = resolve({ own: 'mine' });
    await expect(asked).rejects.toMatchObject({ code: 'several-languages', exit: 2 });
    await expect(asked).rejects.toThrow('node, go');
    expect(await resolve({ own: 'mine', language: 'go' })).toMatchObject({ language: 'go' });
    await folder.write('mine/implementation.json', '{"language": "node"}');
    expect(await resolve({ own: 'mine' })).toMatchObject({ language: 'node' });
    await expect(resolve({ own: 'mine', language: 'go' })).rejects.toMatchObject({
      code: 'other-language',
      exit: 2,
    });
  });

  it.each([
    ['nowhere', 'nowhere', /nothing at .*nowhere/],
    ['below a file', 'katas/kata-x/kata.ts/mine', /kata\.ts/],
    ['empty', 'empty', /is empty/],
    ['without a program', 'notes', /looked for implementation\.json.*package\.json.*go\.mod/],
    ['a file of no known kind', 'notes/read.me', /not a program/],
  ])('that is %s is told clearly', async (_, own, what) => {
    await mkdir(path.join(folder.path, 'empty'));
    await folder.write('notes/read.me', 'hello');
    const refused = resolve({ own });
    await expect(refused).rejects.toMatchObject({ name: 'PlanError', exit: 2 });
    await expect(refused).rejects.toThrow(what);
  });

  it('that cannot be reached through its links is told clearly', async () => {
    await symlink('loop', path.join(folder.path, 'loop'));
    await expect(resolve({ own: 'loop' })).rejects.toMatchObject({ code: 'not-readable', exit: 2 });
  });

  it.each([
    ...['implementation.json', 'package.json', 'go.mod', 'requirements.txt', 'Cargo.toml'],
    ...['pom.xml', 'index.js', 'src/main.rs'],
  ])('is refused where %s would never come to its end', async (name) => {
    const mine = await folder.write('mine/server.js', '').then((file) => path.dirname(file));
    const odd = path.join(mine, name);
    await mkdir(path.dirname(odd), { recursive: true });
    execFileSync('mkfifo', [odd]);
    const refused = { code: 'odd-file', exit: 2, message: expect.stringContaining(odd) as string };
    await expect(resolve({ own: mine })).rejects.toMatchObject(refused);
    await rm(odd);
    await symlink('/dev/zero', odd);
    await expect(resolve({ own: mine })).rejects.toMatchObject(refused);
    await rm(odd);
    await writeFile(odd, '');
    await truncate(odd, 2 ** 40);
    await expect(resolve({ own: mine })).rejects.toMatchObject(refused);
  });
});
