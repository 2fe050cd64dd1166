import { readFile } from 'node:fs/promises';

/** The end of a server's log, for people; empty where there is none. */
export async function logTail(log: string, lines = 12): Promise<string> {
  try {
    return (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
