import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this program's own package.json, from the sources as from the built bundle. */
export const packageRoot = findUpwards(path.dirname(fileURLToPath(import.meta.url)));

function findUpwards(folder: string): string {
  if (existsSync(path.join(folder, 'bin', 'plan.js'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('the folder of plan itself was not found');
  return findUpwards(parent);
}
