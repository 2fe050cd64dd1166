import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Origin, StoredLetter } from './stored.js';

export interface LogLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

const most = 20;

/** What the program wrote about a message: lines with its id as a word of its own. */
export async function logLinesOf(root: string, { id, origin }: StoredLetter): Promise<LogLine[]> {
  if (id === '') return [];
  const found: LogLine[] = [];
  let line = 0;
  try {
    const input = createReadStream(logOf(root, origin));
    for await (const text of createInterface({ input })) {
      line += 1;
      if (text.split(/[^\w.-]+/).includes(id)) found.push({ line, text });
      if (found.length >= most) break;
    }
  } catch {
    // The run's folder may have been tidied up: then there is no log.
  }
  return found;
}

export function logOf(root: string, { folder, slug }: Origin): string {
  return path.join(path.resolve(root, folder), 'logs', `${slug}.log`);
}
