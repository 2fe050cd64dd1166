import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Shelf } from './types.js';

/** Names of ours alone are ever written or removed. */
const isOurs = /^plan_\w+\.(json|rules\.yml)$/;

/** A folder that the server can read. @param mode what its user needs */
export function folderShelf(folder: string, mode = 0o644): Shelf {
  return {
    async write(name, text) {
      const file = fileOf(folder, name);
      // Not by a name that the server looks for.
      const aside = `${file}.${randomBytes(4).toString('hex')}.aside`;
      try {
        await writeFile(aside, text, { mode });
        await rename(aside, file);
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },
    remove: (name) => rm(fileOf(folder, name), { force: true }),
  };
}

export function checkedName(name: string): string {
  if (!isOurs.test(name)) throw new Error(`${JSON.stringify(name)} is no file of ours`);
  return name;
}

const fileOf = (folder: string, name: string): string => path.join(folder, checkedName(name));
