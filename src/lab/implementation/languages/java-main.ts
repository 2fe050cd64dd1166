import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** In this order, where a folder has several classes with a main method. */
const usualNames = ['Main', 'App', 'Server', 'Program', 'Application'];
const madeByTools = new Set(['target', 'build', 'out', 'bin', 'node_modules']);
const mainMethod = /\bstatic\s+(?:final\s+)?void\s+main\s*\(/;

/** The *.java below a folder, without what tools have made. */
export async function javaSources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const place = path.join(folder, entry.name);
      if (entry.isFile()) return entry.name.endsWith('.java') ? [place] : [];
      if (!entry.isDirectory() || entry.name.startsWith('.')) return [];
      return madeByTools.has(entry.name) ? [] : javaSources(place);
    }),
  );
  return found.flat().sort();
}

/** Classes with a main method, fully qualified, the most likely one first. */
export async function mainClasses(files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      const source = withoutComments(await readFile(file, 'utf8'));
      if (!mainMethod.test(source)) return [];
      const name = path.basename(file, '.java');
      const inPackage = /^\s*package\s+([\w.]+)\s*;/m.exec(source)?.[1];
      return [inPackage === undefined ? name : `${inPackage}.${name}`];
    }),
  );
  return found.flat().sort((a, b) => rankOf(a) - rankOf(b));
}

/** True where the first is to be preferred to the others by its name. */
export function isUsual(name: string): boolean {
  return rankOf(name) < usualNames.length;
}

function rankOf(name: string): number {
  const at = usualNames.indexOf(name.slice(name.lastIndexOf('.') + 1));
  return at < 0 ? usualNames.length : at;
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
}
