import { cpSync, statSync } from 'node:fs';
import path from 'node:path';
import { planBinary, repository } from './cli.js';

/** A program that everybody can reach: this one, or a copy where the repository is closed. */
export function reachable(home: string): string {
  const parts = repository.split(path.sep);
  const folders = parts.map((_, at) => path.join('/', ...parts.slice(0, at + 1)));
  if (folders.every((folder) => (statSync(folder).mode & 0o005) === 0o005)) return planBinary;
  for (const part of ['bin', 'dist', 'package.json', 'node_modules'])
    cpSync(path.join(repository, part), path.join(home, 'clone', part), { recursive: true });
  return path.join(home, 'clone', 'bin', 'plan.js');
}
