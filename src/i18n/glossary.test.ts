import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../base/package.js';

const entry = z.strictObject({
  term: z.string().min(1),
  es: z.array(z.string()).min(1),
  not: z.array(z.string()).min(1),
  except: z.array(z.string()).default([]),
  note: z.string().optional(),
});
const glossary = z.array(entry).parse(parse(read('fixtures/glossary.yaml')));
const all = [...['fixtures', 'katas', 'docs', 'src'].flatMap(filesBelow), 'README.es.md'];
const texts = all
  .filter((file) => /\.es\.md(?:\.template)?$|CONTRATO\.md$/.test(file))
  .map((file) => ({ file, said: read(file) }));
const sources = all
  .filter((file) => /^(?:src|katas|fixtures)\/.*\.ts(?:\.template)?$/.test(file))
  .filter((file) => !/\.test\.ts$|\/twins\//.test(file))
  .map((file) => ({ file, said: spanishIn(read(file)) }))
  .concat({ file: 'fixtures/plan.yaml', said: read('fixtures/plan.yaml') });

describe('the glossary', () => {
  it('is held by every Spanish text', () => {
    expect(texts.length).toBeGreaterThan(35);
    const wrong = [...texts, ...sources].flatMap(({ file, said }) => breaches(file, said));
    expect(wrong).toEqual([]);
  });

  it('reads the Spanish of the program and of the katas', () => {
    const spoken = sources.filter(({ said }) => said !== '').map(({ file }) => file);
    expect(spoken).toEqual(
      expect.arrayContaining(['src/i18n/run.ts', 'katas/kata-4-over-selling/kata.ts']),
    );
  });

  it('finds what it forbids, over lines and in capitals, and no longer words', () => {
    const terms = (said: string) => breaches('a.md', said).map(({ term }) => term);
    expect(terms('una Actualización\n  perdida')).toEqual(['lost update']);
    expect(terms('(Defecto)')).toEqual(['default']);
    expect(terms('lo que confirmó el broker')).toEqual([glossary[0]?.term]);
    expect(terms('un confirm, arreglar, por defecto')).toEqual([]);
    expect(breaches('katas/kata-0-mini-orders/kata.ts', 'se confirmó')).toEqual([]);
  });

  it('forbids nothing that it asks for', () => {
    for (const { es } of glossary)
      for (const word of es) expect(breaches('a.md', word)).toEqual([]);
  });
});

function breaches(file: string, said: string): { file: string; term: string; said: string }[] {
  const flat = said.replace(/\s+/g, ' ');
  return glossary
    .filter(({ except }) => !except.some((each) => file.startsWith(each)))
    .flatMap(({ term, not }) =>
      not.flatMap((phrase) =>
        [...flat.matchAll(patternOf(phrase))].map(({ index }) => ({
          ...{ file, term },
          said: flat.slice(Math.max(0, index - 40), index + 60),
        })),
      ),
    );
}

/** Whole words; `*` stands for letters, a space for any space. */
function patternOf(phrase: string): RegExp {
  const words = phrase.replace(/[.()]/g, '\\$&').replaceAll('*', '\\p{L}*');
  return new RegExp(`(?<!\\p{L})${words}(?!\\p{L})`, 'giu');
}

/** The Spanish of a source: its `es: '…'` texts, and where a file has one, its dictionary `es`. */
function spanishIn(source: string): string {
  const [, dictionary = ''] = /^const es\b[^]*?= \{\n([^]*?)^\};/m.exec(source) ?? [];
  const single = source.matchAll(/\bes:\s*(?:\([^)]*\)\s*=>\s*)?(['"`])((?:\\.|(?!\1)[^])*)\1/g);
  const said = [dictionary, ...[...single].map(([, , text = '']) => text)].join('\n');
  return said.replace(/\$\{[^}]*\}/g, '…').trim();
}

function filesBelow(folder: string): string[] {
  const inside = readdirSync(path.join(packageRoot, folder), { recursive: true, encoding: 'utf8' });
  return inside
    .map((file) => path.posix.join(folder, file))
    .filter(isText)
    .toSorted();
}

/** A build of Rust or Java beside a kata has a great many files. */
function isText(file: string): boolean {
  return /\.(?:md|ts|yaml|template)$/.test(file) && !/\/(?:target|node_modules)\//.test(file);
}

function read(file: string): string {
  return readFileSync(path.join(packageRoot, file), 'utf8');
}
