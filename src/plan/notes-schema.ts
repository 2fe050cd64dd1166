import { z } from 'zod';
import { nameOf } from './find-theory.js';
import type { Note } from './notes.js';

/** What fixtures/notes/index.yaml must look like; tests hold it against the file. */
export const notesSchema = z.array(noteShape()).superRefine((notes, context) => {
  const seen = new Set<string>();
  for (const name of notes.flatMap(({ slug, item, entry, aliases }) =>
    [slug, item ?? entry ?? [], ...aliases].flat(),
  )) {
    if (seen.has(name)) context.addIssue({ code: 'custom', message: `${name} is used twice` });
    seen.add(name);
  }
});

function noteShape(): z.ZodType<Note> {
  const name = z
    .string()
    .refine((text) => text !== '' && nameOf(text) === text, 'not a plain name');
  const item = z.string().regex(/^m\d\.b\d\.theory-\d+$/);
  const names = {
    slug: name,
    aliases: z.array(name),
    katas: z.array(z.string()).min(1),
    resources: z.array(z.string().regex(/^resources\.[a-z-]+\.\d+$/)),
  };
  const label = z.strictObject({ en: z.string().min(1), es: z.string().min(1) });
  return z.union([
    z.strictObject({ ...names, item }),
    z.strictObject({ ...names, after: item, label }),
    z.strictObject({ ...names, entry: z.string().regex(/^next-level\.\d+$/) }),
  ]);
}
