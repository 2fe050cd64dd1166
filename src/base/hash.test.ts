import { mkdtemp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources } from './hash.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plan-hash-'));
  await write('main.go', 'package main');
  await write('store/store.go', 'package store');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

test('is 64 hex digits, the same each time and in another folder', async () => {
  const first = await hashSources(folder);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  const moved = `${folder}-moved`;
  await rename(folder, moved);
  expect(await hashSources(moved)).toBe(first);
  await rename(moved, folder);
});

test.each([
  ['a content', () => write('main.go', 'package main // changed')],
  ['a new file', () => write('extra.go', '')],
  ['a hidden file', () => write('.env', 'X=1')],
  ['a name', () => rename(path.join(folder, 'main.go'), path.join(folder, 'other.go'))],
  ['a folder', () => rename(path.join(folder, 'store'), path.join(folder, 'shop'))],
  ['a file named like a build folder', () => write('build', 'make')],
])('changes with %s', async (_what, change) => {
  const before = await hashSources(folder);
  await change();
  expect(await hashSources(folder)).not.toBe(before);
});

test.each([
  'node_modules/x/index.js',
  'target/debug/mine',
  'dist/main.js',
  'build/out.o',
  'store/__pycache__/a.pyc',
  '.git/HEAD',
  '.venv/bin/python',
  'run.log',
])('does not change with %s', async (name) => {
  const before = await hashSources(folder);
  await write(name, 'made by a tool');
  expect(await hashSources(folder)).toBe(before);
});

test("does not change with what plan keeps in a learner's root", async () => {
  const before = await hashSources(folder);
  await write('progress.json', '{}');
  await write('progress.json.lock/x', '');
  await write('results/kata-4/latest/run.json', '{}');
  await write('journal/kata-4.md', '# Kata 4');
  expect(await hashSources(folder)).toBe(before);
});

test('a folder named results counts where there is no progress.json beside it', async () => {
  const before = await hashSources(folder);
  await write('results/store.go', 'package results');
  expect(await hashSources(folder)).not.toBe(before);
});

test('a name and a content do not run into each other', async () => {
  await write('a', 'bc');
  const first = await hashSources(folder);
  await rm(path.join(folder, 'a'));
  await write('ab', 'c');
  expect(await hashSources(folder)).not.toBe(first);
});

test('takes a single file', async () => {
  const file = path.join(folder, 'main.go');
  const before = await hashSources(file);
  await write('store/store.go', 'changed');
  expect(await hashSources(file)).toBe(before);
  await write('main.go', 'changed');
  expect(await hashSources(file)).not.toBe(before);
});

test('does not follow links, not even in a circle, but sees where they point', async () => {
  const outside = await mkdtemp(path.join(tmpdir(), 'plan-hash-outside-'));
  try {
    await writeFile(path.join(outside, 'secret'), 'one');
    await symlink(outside, path.join(folder, 'link'));
    await symlink('.', path.join(folder, 'circle'));
    const before = await hashSources(folder);
    await writeFile(path.join(outside, 'secret'), 'two');
    expect(await hashSources(folder)).toBe(before);
    await rm(path.join(folder, 'link'));
    await symlink('/elsewhere', path.join(folder, 'link'));
    expect(await hashSources(folder)).not.toBe(before);
  } finally {
    await rm(outside, { recursive: true });
  }
});

test('takes a link to the folder itself as the folder', async () => {
  const link = `${folder}-link`;
  await symlink(folder, link);
  try {
    expect(await hashSources(link)).toBe(await hashSources(folder));
  } finally {
    await rm(link);
  }
});

test('what is missing throws', async () => {
  await expect(hashSources(path.join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
});
