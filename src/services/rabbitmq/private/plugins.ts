import { readdirSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../../base/make-folders.js';

/**
 * Links to the plugins that a bare broker needs, in a folder of their own. With all of them in its
 * path Erlang looks for each of its modules in a hundred folders, and takes more than twice as long
 * to start.
 */
export async function linkPlugins(plugins: string, folder: string): Promise<void> {
  makeFolders(folder, 0o755);
  for (const name of neededPlugins(plugins))
    await symlink(path.join(plugins, name), path.join(folder, name));
}

/** The folders of `rabbit` and of all that it asks for, directly or through others. */
export function neededPlugins(plugins: string): string[] {
  const folders = new Map(
    readdirSync(plugins).map((folder) => [/^(.+?)-\d/.exec(folder)?.[1] ?? folder, folder]),
  );
  const needed = new Set<string>();
  const add = (application: string): void => {
    const folder = folders.get(application);
    if (folder === undefined || needed.has(folder)) return;
    needed.add(folder);
    applicationsOf(path.join(plugins, folder, 'ebin', `${application}.app`)).forEach(add);
  };
  add('rabbit');
  return [...needed].sort();
}

/** `{applications, [kernel, stdlib, …]}` of an application's resource file. */
function applicationsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/%.*/g, '');
  const lists = text.matchAll(/\{\s*(?:included_)?applications\s*,\s*\[([^\]]*)\]/g);
  return [...lists].flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
}
