import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildFailure, Message } from 'esbuild';
import { packageRoot } from '../../base/package.js';
import { withoutPlaces } from './languages/node-places.js';

/** A learner's folder inside the clone of this project is not to be held to its tsconfig.json. */
export function belongsToThisProject(entry: string): boolean {
  let folder = path.dirname(entry);
  while (!existsSync(path.join(folder, 'tsconfig.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) return false;
    folder = parent;
  }
  return folder === packageRoot;
}

export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/** In the compiler's words, with file and line. */
export function told({ text, location, notes }: Message): string {
  if (!location) return text;
  const { file, line, column, lineText } = location;
  // What esbuild advises is for those who call it.
  const own = notes.filter((note) => !note.text.includes('mark the path'));
  const more = own.map((note) => `    ${note.text}`);
  return [`${file}:${line}:${column + 1}: ${text}`, `    ${withoutPlaces(lineText)}`, ...more].join(
    '\n',
  );
}
