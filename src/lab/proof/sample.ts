import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { languageIds, languages } from '../implementation/languages.js';
import type { Twin } from './twins-file.js';

/**
 * As few twins as break each rule in each act, and in each language, once; and all that are right,
 * for to blame one of them is the worst that a checker can do. Others show a second way to the same.
 */
export async function sampleOf(twins: readonly Twin[]): Promise<readonly Twin[]> {
  const ways = await Promise.all(twins.map(wayOf));
  return twins.filter(({ kind }, at) => kind === 'right' || ways.indexOf(ways[at] ?? '') === at);
}

/** What it breaks, where, and in which language. */
async function wayOf({ kind, wanted, options, place }: Twin): Promise<string> {
  if (kind === 'right' || !('by' in wanted)) return '';
  return JSON.stringify([wanted.by, options, await languageOf(place)]);
}

/** Undefined for a file, which is one for Node; of several services, that of the first. */
async function languageOf(place: string): Promise<string | undefined> {
  for (const folder of [place, ...(await foldersIn(place))])
    for (const id of languageIds)
      if (await languages[id].findEntry(folder).catch(() => undefined)) return id;
  return undefined;
}

async function foldersIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => path.join(place, name)).sort();
}
