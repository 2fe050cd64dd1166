import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Origin, StoredLetter } from './stored.js';

export interface LogLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  /** Of a system: whose log it is in. */
  readonly role?: string;
}

const most = 20;

/** What the programs wrote about a message: lines with its id as a word of its own. */
export async function logLinesOf(root: string, { id, origin }: StoredLetter): Promise<LogLine[]> {
  if (id === '') return [];
  const found: LogLine[] = [];
  for (const log of await logsOf(root, origin))
    if (found.length < most) found.push(...(await linesIn(log, id, most - found.length)));
  return found;
}

interface Log {
  readonly file: string;
  /** Of a system. */
  readonly role: string | undefined;
}

async function linesIn({ file, role }: Log, id: string, atMost: number): Promise<LogLine[]> {
  const found: LogLine[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file) })) {
      line += 1;
      const isOfIt = text.split(/[^\w.-]+/).includes(id);
      if (isOfIt) found.push({ line, text, ...(role !== undefined && { role }) });
      if (found.length >= atMost) break;
    }
  } catch {
    // It may be tidied up meanwhile: then there is less to tell.
  }
  return found;
}

/** One a case, or of a system one a role; none where the run's folder has been tidied up. */
async function logsOf(root: string, { folder, slug }: Origin): Promise<Log[]> {
  const logs = path.join(path.resolve(root, folder), 'logs');
  const names = await readdir(logs).catch((): string[] => []);
  return names.sort().flatMap((name) => {
    if (!name.startsWith(slug)) return [];
    const found = /^(?:\.([a-z0-9-]+))?\.log$/.exec(name.slice(slug.length));
    return found ? [{ file: path.join(logs, name), role: found[1] }] : [];
  });
}
