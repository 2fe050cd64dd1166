import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../base/package.js';

const katas = readdirSync(path.join(packageRoot, 'katas'), { recursive: true, encoding: 'utf8' });
const notes = readdirSync(path.join(packageRoot, 'fixtures/notes'));
const english = [
  ...katas.filter((file) => /^[^/]+\/brief\.en\.md$/.test(file)).map((file) => `katas/${file}`),
  ...notes.filter((file) => file.endsWith('.en.md')).map((file) => `fixtures/notes/${file}`),
  'katas/CONTRACT.md',
];

describe.each(english)('%s and its Spanish text', (file) => {
  const spanish = file.replace('.en.md', '.es.md').replace('CONTRACT.md', 'CONTRATO.md');
  const [en, es] = [file, spanish].map((each) =>
    readFileSync(path.join(packageRoot, each), 'utf8'),
  ) as [string, string];

  it('have the same headings, items, rows and blocks of code, in the same order', () => {
    expect(shapeOf(es)).toEqual(shapeOf(en));
  });

  it('type the same commands', () => {
    expect(commandsIn(es)).toEqual(commandsIn(en));
  });

  it('name the same options, rules and variables', () => {
    expect(namesIn(es)).toEqual(namesIn(en));
  });
});

/** What each line begins: a translation has the same, however it breaks its lines. */
function shapeOf(markdown: string): string[] {
  const withoutCode = markdown.replace(/^```(\w*)\n[^]*?^```/gm, '```$1');
  return [...withoutCode.matchAll(/^(?:#+ |- |\d+\. |\||```\w*)/gm)].map(([start]) => start);
}

/** `plan run kata-1 --lang go   why`: without the words beside it. */
function commandsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^plan .*$/gm)].map(([line]) => line.split(/ {2,}/)[0] ?? '');
}

/** Options and variables wherever they stand, and the names in code that begin an item or a row. */
function namesIn(markdown: string): string[] {
  const anywhere = markdown.matchAll(/(?<![\w-])--[a-z][a-z-]*|\bPLAN_[A-Z_]+\b/g);
  const first = markdown.matchAll(/^(?:- |\| )`([a-z][a-z-]*)`/gm);
  const names = [...anywhere].map(([name]) => name).concat([...first].map(([, name = '']) => name));
  return [...new Set(names)].filter((name) => !columnsOfKata0.has(name)).toSorted();
}

/** What a table of the report is headed with is in the language of the report. */
const columnsOfKata0 = new Set(['rows', 'calls', 'filas', 'llamadas']);
