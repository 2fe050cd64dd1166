import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../../test/support/folder.js';
import { knowsLinks, withLinks } from './links.js';

it('makes links of addresses, and what is read stays the same', () => {
  const linked = withLinks('See https://example.org/a?b=1#c. (http://localhost:3000/)');
  expect(linked).toContain(
    '\u001b]8;;https://example.org/a?b=1#c\u001b\\https://example.org/a?b=1#c\u001b]8;;\u001b\\.',
  );
  expect(linked).toContain('\u001b]8;;http://localhost:3000/\u001b\\');
  expect(linked.replaceAll(/\u001b\]8;;[^\u001b]*\u001b\\/g, '')).toBe(
    'See https://example.org/a?b=1#c. (http://localhost:3000/)',
  );
});

it('makes links of folders of runs that are there', async () => {
  const folder = await makeFolder();
  await mkdir(path.join(folder.path, 'results/kata-4/now'), { recursive: true });
  expect(withLinks('  results/kata-4/now   ·', folder.path)).toMatch(
    /\u001b\]8;;file:\/\/[^\u001b]*\/results\/kata-4\/now\u001b\\results\/kata-4\/now\u001b\]8;;\u001b\\ {3}·/,
  );
  expect(withLinks('results/kata-4/gone', folder.path)).toBe('results/kata-4/gone');
  await folder.remove();
});

it('makes links of files that are there, however they are written', async () => {
  const folder = await makeFolder();
  await mkdir(path.join(folder.path, 'mine'));
  await writeFile(path.join(folder.path, 'mine/main.mjs'), '');
  const linked = (text: string): string[] =>
    [...withLinks(text, folder.path).matchAll(/\u001b\\([^\u001b]+)\u001b\]8;;\u001b\\/g)].flatMap(
      ([, shown]) => shown ?? [],
    );
  expect(linked('./mine is made: mine/main.mjs, (mine/README.md).')).toEqual([
    './mine',
    'mine/main.mjs',
  ]);
  expect(linked(`\u001b[1mmine/main.mjs\u001b[22m ${folder.path}`)).toEqual([
    'mine/main.mjs',
    folder.path,
  ]);
  expect(linked('201/409, POST /orders, and/or, x=./mine, a.mine/main.mjs')).toEqual(['./mine']);
  await folder.remove();
});

it('is for terminals that are known to take them', () => {
  expect(knowsLinks({ TERM: 'xterm' })).toBe(false);
  expect(knowsLinks({ TERM: 'xterm-256color', VTE_VERSION: '6003' })).toBe(true);
  expect(knowsLinks({ TERM_PROGRAM: 'vscode', NO_COLOR: '1' })).toBe(false);
  expect(knowsLinks({ TERM: 'dumb', FORCE_HYPERLINK: '1' })).toBe(true);
});
