import { allItems, findBlock, type Curriculum, type Item } from './curriculum.js';
import type { LaterNote, Note, SideNote } from './notes.js';
import type { Text } from '../i18n/text.js';

/**
 * The theory item that a name means: its id, the slug or an alias of its note, its label in either
 * language, or the beginning of a label where only one begins so (`sagas`).
 */
export function findTheory(
  curriculum: Curriculum,
  notes: readonly Note[],
  name: string,
): Item | undefined {
  const theory = allItems(curriculum).filter(({ kind }) => kind === 'theory');
  const wanted = nameOf(name);
  const noted = notes.find((note) => isNamed(note, wanted));
  const exact = theory.find(
    ({ id, label }) =>
      id === wanted || id === noted?.item || namesOf(label).some((each) => each === wanted),
  );
  if (exact) return exact;
  const begun = theory.filter(({ label }) =>
    namesOf(label).some((each) => each.startsWith(`${wanted}-`)),
  );
  return begun.length === 1 ? begun[0] : undefined;
}

/** The note beside the plan that a name means: its slug, an alias or its label. */
export function findSideNote(notes: readonly Note[], name: string): SideNote | undefined {
  const wanted = nameOf(name);
  const sides = notes.filter(
    (note): note is SideNote => note.item === undefined && note.entry === undefined,
  );
  return sides.find((note) => isNamed(note, wanted) || namesOf(note.label).includes(wanted));
}

/** The note of what the plan names for afterwards: its entry's id or label, its slug, an alias. */
export function findLaterNote(
  { nextLevel }: Curriculum,
  notes: readonly Note[],
  name: string,
): LaterNote | undefined {
  const wanted = nameOf(name);
  const entry = nextLevel.entries.find(
    ({ id, label }) => id === wanted || namesOf(label).includes(wanted),
  );
  return notes.find(
    (note): note is LaterNote =>
      note.entry !== undefined && (note.entry === entry?.id || isNamed(note, wanted)),
  );
}

/** As one types it: `Deduplicación` → `deduplicacion`, `Ack/Nack` → `ack-nack`. */
export function nameOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** What the plan itself names to read for an item: `README Fase 2`, then the resources of its phase. */
export function readingsOf({ resources, ...plan }: Curriculum, { block: id = '' }: Item): Text[] {
  const source = findBlock({ resources, ...plan }, id)?.source;
  const phases = resources.phases.filter(({ blocks }) => blocks.includes(id));
  return [
    ...(source ? [source] : []),
    ...phases.flatMap(({ entries }) => entries.map(({ label }) => label)),
  ];
}

function isNamed({ slug, aliases }: Note, wanted: string): boolean {
  return slug === wanted || aliases.includes(wanted);
}

function namesOf({ es, en }: Text): string[] {
  return [nameOf(es), nameOf(en)];
}
