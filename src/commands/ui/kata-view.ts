import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locale } from '../../i18n/text.js';
import { readBrief } from '../../kata/brief.js';
import type { KataOnDisk } from '../../kata/discover.js';
import { storedRuns } from '../../lab/archive/runs.js';
import { findItem, loadCurriculum } from '../../plan/curriculum.js';
import { loadNotes, type Note } from '../../plan/notes.js';
import type { KataView, RunLine } from '../../report/html/ui/kata.js';

/** More lie in the folder. */
const mostRuns = 50;

export async function kataView(
  root: string,
  { kata, folder }: KataOnDisk,
  { locale, shown }: { readonly locale: Locale; readonly shown: number },
): Promise<KataView> {
  const brief = await readBrief(folder, locale);
  return {
    kata,
    brief: brief?.body ?? '',
    hints: brief?.hints ?? [],
    shown,
    notes: loadNotes()
      .filter(({ katas }) => katas.includes(kata.id))
      .map((note) => ({ slug: note.slug, label: labelOf(note, locale) })),
    runs: await runsOf(root, kata.id),
    journal: await journalOf(root, kata.id),
  };
}

/** What the learner's page of it says; undefined where there is none. */
export async function journalOf(root: string, kata: string): Promise<string | undefined> {
  return readFile(path.join(root, 'journal', `${kata}.md`), 'utf8').catch(() => undefined);
}

export function labelOf(note: Note, locale: Locale): string {
  const curriculum = loadCurriculum();
  if (note.entry !== undefined)
    return (
      curriculum.nextLevel.entries.find(({ id }) => id === note.entry)?.label[locale] ?? note.slug
    );
  if (note.item === undefined) return note.label[locale];
  return findItem(curriculum, note.item)?.label[locale] ?? note.slug;
}

async function runsOf(root: string, kata: string): Promise<RunLine[]> {
  const runs: RunLine[] = [];
  for await (const { folder, record } of storedRuns(root, kata)) {
    if (record !== undefined) runs.push({ name: path.basename(folder), record });
    if (runs.length >= mostRuns) break;
  }
  return runs;
}
