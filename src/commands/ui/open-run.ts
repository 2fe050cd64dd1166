import path from 'node:path';
import type { Context } from 'hono';
import { findKata, hasKata } from '../../kata/discover.js';
import { readRun } from '../../lab/archive/folder.js';
import { isThere } from '../../lab/archive/names.js';
import type { Site } from './place.js';
import type { OpenRun } from './run-view.js';

/** Undefined where there is no such run, or nothing of that name can be one. */
export async function openRun(context: Context, site: Site): Promise<OpenRun | undefined> {
  const { kata = '', name = '' } = context.req.param() as Record<string, string>;
  return openStored(site, kata, name);
}

/** Likewise, of a run that an address names otherwise. */
export async function openStored(
  { root }: Site,
  id: string,
  name: string,
): Promise<OpenRun | undefined> {
  if (!hasKata(id) || !/^[\w-]+$/.test(name)) return undefined;
  const where = path.join(root, 'results', id, name);
  if (!(await isThere(path.join(where, 'run.json')))) return undefined;
  const { folder, record } = await readRun(where);
  const { kata } = await findKata(id);
  return { kata, run: `${id}/${name}`, folder, record };
}
