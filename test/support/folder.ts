import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface TemporaryFolder {
  /** Absolute, without links on the way. */
  readonly path: string;
  /** Writes a file, and the folders on its way; gives its absolute path. */
  write(name: string, contents: string): Promise<string>;
  remove(): Promise<void>;
}

/** A folder with these files in it, by their names below it. */
export async function makeFolder(
  files: Readonly<Record<string, string>> = {},
  below = os.tmpdir(),
): Promise<TemporaryFolder> {
  await mkdir(below, { recursive: true });
  const folder = await realpath(await mkdtemp(path.join(below, 'plan-test-')));
  const write = async (name: string, contents: string): Promise<string> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, contents);
    return file;
  };
  for (const [name, contents] of Object.entries(files)) await write(name, contents);
  return { path: folder, write, remove: () => rm(folder, { recursive: true, force: true }) };
}
