import { createHash, type Hash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What tools make out of sources, and what is no source at all. */
const madeByTools = new Set(['node_modules', 'target', 'dist', 'build', '__pycache__', 'venv']);

/**
 * What plan keeps beside a progress.json. A learner may well write an implementation in that very
 * folder, and its hash must not change because the run that judged it was written down.
 */
const keptByPlan = /^(?:results|journal|\.?progress\.json.*)$/;

/**
 * SHA-256 in hex over the sorted relative names and the contents of a folder's files, or over one
 * file. Build output, installed packages, logs and folders that begin with a dot do not count, nor
 * does what plan itself keeps in a learner's root. A symbolic link counts by where it points and is never followed: what it points to inside the
 * folder counts anyway, and what lies outside is not part of these sources.
 *
 * @throws the file system's own error where something is missing or may not be read
 */
export async function hashSources(place: string): Promise<string> {
  const root = await realpath(place);
  const hash = createHash('sha256');
  if (!(await stat(root)).isDirectory()) await addFile(hash, path.basename(root), root);
  else {
    for (const source of (await sourcesIn(root, '')).sort(byName)) {
      const absolute = path.join(root, source.name);
      if (source.link) add(hash, 'link', source.name, await readlink(absolute));
      else await addFile(hash, source.name, absolute);
    }
  }
  return hash.digest('hex');
}

interface Source {
  /** Relative, with `/` on every system. */
  readonly name: string;
  readonly link: boolean;
}

async function sourcesIn(root: string, folder: string): Promise<Source[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const isRoot = entries.some(({ name }) => name === 'progress.json');
  const sources = entries.filter(
    (each) => isSource(each) && !(isRoot && keptByPlan.test(each.name)),
  );
  const found = await Promise.all(
    sources.map(async (entry): Promise<Source[]> => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourcesIn(root, name);
      return entry.isFile() || entry.isSymbolicLink()
        ? [{ name, link: entry.isSymbolicLink() }]
        : [];
    }),
  );
  return found.flat();
}

/** By its kind and name alone: the folders in which sources are looked for, and the files. */
export function isSource(entry: Dirent): boolean {
  // node_modules is often a link to somebody else's.
  if (entry.isDirectory() || entry.isSymbolicLink()) {
    if (madeByTools.has(entry.name)) return false;
  }
  if (entry.isDirectory()) return !entry.name.startsWith('.');
  return !entry.name.endsWith('.log');
}

/** By code units, never by the machine's locale. */
function byName(a: Source, b: Source): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

async function addFile(hash: Hash, name: string, file: string): Promise<void> {
  const contents = createHash('sha256');
  await pipeline(createReadStream(file), contents);
  add(hash, 'file', name, contents.digest('hex'));
}

/** With the name's length before it, so that no two lists of files read the same. */
function add(hash: Hash, kind: 'file' | 'link', name: string, contents: string): void {
  hash.update(`${kind} ${Buffer.byteLength(name)}:${name} ${Buffer.byteLength(contents)}:`);
  hash.update(`${contents}\n`);
}
