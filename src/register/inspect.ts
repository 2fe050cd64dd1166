import { parseEntryName } from './entries.js';
import { lifeOf } from './identity.js';
import { entryFiles } from './places.js';

export interface RegisterList {
  /** Entries of programs that run now. */
  readonly living: number;
  /** Entries of programs that are gone and could not be ended yet. */
  readonly leftovers: number;
  /** Files that are no entry, absolute. */
  readonly unreadable: readonly string[];
}

/** What the register holds; changes nothing. */
export function listRegister(): RegisterList {
  let living = 0;
  let leftovers = 0;
  const unreadable: string[] = [];
  for (const { file, name } of entryFiles()) {
    const entry = parseEntryName(name.replace(/\.aside$/, ''));
    if (entry === undefined) unreadable.push(file);
    else if (lifeOf(entry.owner) === 'gone') leftovers += 1;
    else living += 1;
  }
  return { living, leftovers, unreadable };
}
