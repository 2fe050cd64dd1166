import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package.js';
import { locales, type Locale } from '../i18n/text.js';
import { kataIds } from '../kata/discover.js';
import type { CurriculumFile } from './curriculum-file.js';
import { allItems, findItem, toCurriculum } from './curriculum.js';
import { findLaterNote, findSideNote, findTheory, nameOf, readingsOf } from './find-theory.js';
import { notesSchema } from './notes-schema.js';

const folder = path.join(packageRoot, 'fixtures', 'notes');
const yaml = readFileSync(path.join(folder, 'index.yaml'), 'utf8');
const notes = notesSchema.parse(parse(yaml));
const plan = readFileSync(path.join(packageRoot, 'fixtures', 'plan.yaml'), 'utf8');
const curriculum = toCurriculum(parse(plan) as CurriculumFile);
const theory = allItems(curriculum).filter(({ kind }) => kind === 'theory');
const textOf = (slug: string, locale: Locale) =>
  readFileSync(path.join(folder, `${slug}.${locale}.md`), 'utf8');
const inBoth = notes.flatMap((note) => locales.map((locale) => ({ ...note, note, locale })));

const headings = {
  en: ['What it is', 'Where it bites', 'See it here', 'To go deeper'],
  es: ['Qué es', 'Dónde duele', 'Míralo aquí', 'Para profundizar'],
};

describe('the theory notes', () => {
  it('are one for each theory item of months 1 to 4 and of those that follow, in study order', () => {
    const early = theory.filter(({ month }) => month <= 4).length;
    const noted = notes.flatMap(({ item }) => item ?? []);
    expect(noted.length).toBeGreaterThanOrEqual(early);
    expect(noted).toEqual(theory.slice(0, noted.length).map(({ id }) => id));
  });

  it('are two files each, and no file is left over', () => {
    const files = notes.flatMap(({ slug }) => [`${slug}.en.md`, `${slug}.es.md`]);
    expect(readdirSync(folder).toSorted()).toEqual([...files, 'index.yaml'].toSorted());
  });

  it.each(inBoth)('$slug.$locale: has its title and the four headings', ({ slug, locale }) => {
    const text = textOf(slug, locale).replace(/^```[^]*?^```/gm, '');
    expect(text).toMatch(/^# \S/);
    const found = [...text.matchAll(/^#+ (.*)$/gm)].slice(1).map(([, title]) => title);
    expect(found).toEqual(headings[locale]);
  });

  it.each(inBoth)('$slug.$locale: runs the katas that it is listed with', ({ note, locale }) => {
    const run = textOf(note.slug, locale).matchAll(/plan (?:run|compare) ([a-z\d-]+)/g);
    const ids = [...run].map(([, id]) => id);
    expect([...new Set(ids)].toSorted()).toEqual(note.katas.toSorted());
  });

  it.each(inBoth)('$slug.$locale: names its resources as the plan does', ({ note, locale }) => {
    const entries = curriculum.resources.phases.flatMap((phase) => phase.entries);
    for (const id of note.resources) {
      const entry = entries.find((each) => each.id === id);
      expect(entry).toBeDefined();
      expect(textOf(note.slug, locale).replace(/\s+/g, ' ')).toContain(entry?.label[locale]);
    }
  });

  it('name katas of the plan or of the lab, and resources wherever the plan has a phase', () => {
    const known = [...allItems(curriculum).flatMap(({ kata }) => kata ?? []), ...kataIds()];
    // The deliverable of weeks 5 and 6; the plan gives it no number.
    known.push('isolation');
    for (const { item, katas, resources } of notes) {
      expect(known).toEqual(expect.arrayContaining([...katas]));
      const { block } = findItem(curriculum, item ?? '') ?? {};
      const hasPhase = curriculum.resources.phases.some((each) =>
        each.blocks.includes(block ?? ''),
      );
      if (hasPhase) expect(resources.length).toBeGreaterThan(0);
    }
  });

  it('show the same commands and as much code in both languages', () => {
    const shape = (text: string) => [
      ...[...text.matchAll(/plan (?:run|show|compare)(?: (?:--)?[\w-]+)+/g)].map(([all]) => all),
      ...[...text.matchAll(/^(```\w*|- |\d+\. |\| )/gm)].map(([, start]) => start),
    ];
    for (const { slug } of notes)
      expect(shape(textOf(slug, 'es'))).toEqual(shape(textOf(slug, 'en')));
  });

  it('are refused with a name used twice, or one that nobody would type', () => {
    const changed = (from: string, to: string) =>
      notesSchema.safeParse(parse(yaml.replace(from, to))).error?.message;
    expect(changed('slug: acid', 'slug: cap')).toMatch(/cap is used twice/);
    expect(changed('aliases: [teorema-cap]', 'aliases: [Teorema]')).toMatch(/not a plain name/);
    expect(changed('katas: [isolation, kata-4]', 'katas: []')).toBeDefined();
    expect(changed('slug: cap', 'slugs: cap')).toBeDefined();
  });

  it('have names that no kata and no other item has', () => {
    const names = notes.flatMap(({ slug, aliases }) => [slug, ...aliases]);
    for (const name of names) {
      expect(kataIds()).not.toContain(name);
      const items = new Set([foundBy(name), findTheory(curriculum, [], name)?.id ?? foundBy(name)]);
      expect([name, items.size]).toEqual([name, 1]);
    }
  });
});

describe('a note beside the plan', () => {
  const sides = notes.flatMap((note) =>
    note.item === undefined && note.entry === undefined ? [note] : [],
  );

  it('stands right after the note that it is read after', () => {
    expect(sides.map(({ slug }) => slug)).toEqual(['percentiles', 'redis-streams']);
    for (const note of sides) expect(notes[notes.indexOf(note) - 1]?.item).toBe(note.after);
  });

  it('is found by its slug, its aliases and its label, and is no item of the plan', () => {
    for (const { slug, aliases, label } of sides)
      for (const name of [slug, ...aliases, label.es, label.en.toUpperCase()]) {
        expect(findSideNote(notes, name)?.slug).toBe(slug);
        expect(findTheory(curriculum, notes, name)).toBeUndefined();
      }
    expect(findSideNote(notes, 'cap')).toBeUndefined();
  });
});

describe('a note of what the plan names for afterwards', () => {
  const later = notes.flatMap((note) => (note.entry === undefined ? [] : [note]));

  it('is there for each entry, in its order, after all others', () => {
    expect(later.map(({ entry }) => entry)).toEqual(
      curriculum.nextLevel.entries.map(({ id }) => id),
    );
    expect(notes.slice(-later.length)).toEqual(later);
  });

  it('is found by its entry, its slug, its aliases and its label, and is no item', () => {
    for (const { slug, aliases, entry } of later) {
      const { label } = curriculum.nextLevel.entries.find(({ id }) => id === entry) ?? {};
      for (const name of [slug, entry, ...aliases, label?.es ?? '', label?.en ?? '']) {
        expect(findLaterNote(curriculum, notes, name)?.slug).toBe(slug);
        expect(findTheory(curriculum, notes, name)).toBeUndefined();
      }
    }
    expect(findLaterNote(curriculum, notes, 'cap')).toBeUndefined();
  });
});

/** What a name opens: an item of the plan, or a note beside it. */
function foundBy(name: string): string | undefined {
  return (
    findSideNote(notes, name)?.slug ??
    findLaterNote(curriculum, notes, name)?.slug ??
    findTheory(curriculum, notes, name)?.id
  );
}

describe('a theory item is found', () => {
  const cap = 'm2.b1.theory-4';
  it.each([
    ['its id', cap, cap],
    ['its slug', 'cap', cap],
    ['its slug in capitals', 'CAP', cap],
    ['an alias', 'teorema-cap', cap],
    ['its label', 'CAP theorem', cap],
    ['its label in Spanish', 'Deduplicación', 'm2.b2.theory-3'],
    ['its label with signs', 'Ack/Nack', 'm3.b1.theory-2'],
    ['its label, of an item without a note', 'cqrs', 'm4.b1.theory-4'],
    ['the beginning of its label', 'sagas', 'm4.b1.theory-1'],
  ])('by %s', (_, name, id) => {
    expect(findTheory(curriculum, notes, name)?.id).toBe(id);
  });

  it('and not by the beginning of two labels, a part of a word, or nothing', () => {
    for (const name of ['problema-solucion', 'ca', '', ' ', 'kata-4', 'm2.b1.kata-4'])
      expect(findTheory(curriculum, notes, name)).toBeUndefined();
  });

  it('each by its own label in both languages', () => {
    for (const { id, label } of theory)
      for (const locale of locales)
        expect(findTheory(curriculum, notes, label[locale])?.id).toBe(id);
  });

  it('with what the plan names to read for it', () => {
    const read = (id: string) => {
      const item = findItem(curriculum, id);
      return item && readingsOf(curriculum, item).map(({ en }) => en);
    };
    expect(read('m4.b1.theory-4')).toEqual([
      'README phase 5',
      'Microservices Patterns (Chris Richardson)',
      'The saga pattern explained',
    ]);
    expect(read('m5.b2.theory-1')).toEqual(['README phase 7']);
  });

  it('under names that stay what they are', () => {
    for (const { slug, aliases } of notes)
      for (const name of [slug, ...aliases]) expect(nameOf(name)).toBe(name);
  });
});
