import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../base/errors.js';

const lines = [
  'results/',
  'progress.json.lock',
  'progress.json.broken-*',
  'progress.json.backup-*',
  '.progress.json.*.tmp',
];

/** `named`: the results are ignored already. `other`: there is one that doesn't name them. */
export type Ignored = 'made' | 'named' | 'other';

/**
 * Keeps results out of git in a learner's new folder. A .gitignore that is already there belongs to
 * the learner and stays as it is. Never throws: the progress counts, not this.
 */
export async function ignoreResults(root: string): Promise<Ignored> {
  const file = path.join(root, '.gitignore');
  try {
    await writeFile(file, `${lines.join('\n')}\n`, { flag: 'wx' });
    return 'made';
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return 'other';
  }
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\/?results\/?\s*$/m.test(text) ? 'named' : 'other';
}
