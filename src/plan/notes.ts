import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../base/package.js';
import type { Locale, Text } from '../i18n/text.js';
import { readBuilt } from './built.js';

/** A line of fixtures/notes/index.yaml: a theory note, whose text is `<slug>.<locale>.md` beside it. */
export type Note = ItemNote | SideNote | LaterNote;

export interface ItemNote extends NoteNames {
  /** The theory item that it is about: `m2.b1.theory-4`. */
  readonly item: string;
  readonly entry?: undefined;
}

/** What the plan does not name and its katas need: nothing is ticked by reading it. */
export interface SideNote extends NoteNames {
  readonly item?: undefined;
  readonly entry?: undefined;
  /** The theory item after which it is best read. */
  readonly after: string;
  readonly label: Text;
}

/** What the plan names for afterwards: nothing is ticked by reading it either. */
export interface LaterNote extends NoteNames {
  readonly item?: undefined;
  /** `next-level.3` */
  readonly entry: string;
}

interface NoteNames {
  /** What one types: `cap`. */
  readonly slug: string;
  /** Other names that one may type, as `nameOf` writes them. */
  readonly aliases: readonly string[];
  /** The katas that show it: `kata-4`. */
  readonly katas: readonly string[];
  /** The plan's own resources that go deeper, by id. */
  readonly resources: readonly string[];
}

let loaded: readonly Note[] | undefined;

/** In study order. @throws PlanError `not-built` */
export function loadNotes(): readonly Note[] {
  loaded ??= readBuilt<readonly Note[]>('notes.json');
  return loaded;
}

/** What to type to read about an item, or about what comes afterwards: `m2.b1.theory-4` → `cap`. */
export function noteSlugs(): ReadonlyMap<string, string> {
  return new Map(
    loadNotes().flatMap(({ item, entry, slug }) => {
      const id = item ?? entry;
      return id === undefined ? [] : [[id, slug] as const];
    }),
  );
}

/** The note's Markdown. Each is there in both languages: a test sees to it. */
export function readNote({ slug }: Note, locale: Locale): Promise<string> {
  return readFile(path.join(packageRoot, 'fixtures', 'notes', `${slug}.${locale}.md`), 'utf8');
}
