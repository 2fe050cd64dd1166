import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';

/** The folders of the PATH; relative ones are no place to take a server's program from. */
export function onPath(env: NodeJS.ProcessEnv): string[] {
  return (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The names in a folder; none where it can't be read. */
export function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
