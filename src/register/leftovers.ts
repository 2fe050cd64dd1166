import { factsOf } from '../kata/services.js';
import { parseEntryName, type EntryName } from './entries.js';
import { lifeOf } from './identity.js';
import { entryFiles } from './places.js';

/**
 * True where an owner that is no longer alive left something behind. It is on the way of every
 * command: one readdir where nothing runs, and nothing but node:fs is loaded.
 */
export function hasLeftovers(): boolean {
  return entryFiles().some(({ name }) => {
    const entry = parseEntryName(name);
    return entry !== undefined && canBeEnded(entry) && lifeOf(entry.owner) === 'gone';
  });
}

/** What is on a server of the user's own can only be reached where its variable says how. */
export function canBeEnded({ onUrlOf }: EntryName): boolean {
  if (onUrlOf === undefined) return true;
  const variable = factsOf(onUrlOf)?.variable;
  return variable !== undefined && Boolean(process.env[variable]);
}
