import { readFile } from 'node:fs/promises';
import { errorCode } from '../../base/errors.js';

/** What programs have written to a log so far, as they wrote it; none where there is no log yet. */
export async function logLines(file: string): Promise<readonly string[]> {
  try {
    const lines = (await readFile(file, 'utf8')).split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
