import { readdirSync } from 'node:fs';
import path from 'node:path';
import { stateFolderCandidates } from '../base/folders.js';
import { parseEntryName, type EntryName } from './entries.js';
import { lifeOf } from './identity.js';

/**
 * True where an owner that is no longer alive left something behind. It is on the way of every
 * command: one readdir where nothing runs, and nothing but node:fs is loaded.
 */
export function hasLeftovers(): boolean {
  return stateFolderCandidates().some((folder) =>
    names(path.join(folder, 'running')).some((name) => {
      const entry = parseEntryName(name);
      return entry !== undefined && canBeEnded(entry) && lifeOf(entry.owner) === 'gone';
    }),
  );
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What is on a server of the user's own can only be reached where its variable says how. */
export function canBeEnded({ kind }: EntryName): boolean {
  if (kind === 'urldatabase') return Boolean(process.env['DATABASE_URL']);
  if (kind === 'urlredisdb') return Boolean(process.env['REDIS_URL']);
  return kind !== 'urlvhost' || Boolean(process.env['AMQP_URL']);
}
