import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of this program's own package.json, from the sources as from the built bundle. */
export const packageRoot = findUpwards(import.meta.dirname);

/**
 * Where the packages that it depends on lie: beneath it in a clone and where it is installed for all,
 * beside it where npm has put it among the packages of a project, or npx in its cache. The nearest first.
 */
export const packageFolders: readonly string[] = [
  path.join(packageRoot, 'node_modules'),
  ...(path.basename(path.dirname(packageRoot)) === 'node_modules'
    ? [path.dirname(packageRoot)]
    : []),
];

function findUpwards(folder: string): string {
  if (existsSync(path.join(folder, 'bin', 'plan.js'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('the folder of plan itself was not found');
  return findUpwards(parent);
}
