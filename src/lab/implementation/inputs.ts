import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from './files.js';

const recordName = 'inputs.json';

/**
 * Writes down, beside a build, the files that went into it. The hash of the sources leaves out
 * packages and what lies next door, and a change there must not leave an old program in use.
 */
export async function recordInputs(output: string, files: readonly string[]): Promise<void> {
  await writeFile(path.join(output, recordName), JSON.stringify(await hashesOf(files)));
}

/** True where all that was written down is as it was; false where there is no such build. */
export async function inputsAreTheSame(output: string): Promise<boolean> {
  try {
    const recorded: unknown = JSON.parse(await readFile(path.join(output, recordName), 'utf8'));
    if (!isObject(recorded)) return false;
    const now = await hashesOf(Object.keys(recorded));
    return Object.entries(now).every(([file, hash]) => recorded[file] === hash);
  } catch {
    return false;
  }
}

async function hashesOf(files: readonly string[]): Promise<Record<string, string>> {
  const hashes = files.map(async (file) => {
    const contents = await readFile(file);
    return [file, createHash('sha256').update(contents).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}
