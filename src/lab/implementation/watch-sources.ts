import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { hashSources, isSource } from '../../base/hash.js';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';

/** An editor's save is several events; this long nothing more must come. Milliseconds. */
const quietMs = 100;
/** What a build writes beside the sources by itself. */
const writtenByBuilds = new Set(['Cargo.lock']);

/**
 * Calls back whenever the sources of a folder, or of one file, have other contents than before:
 * opening, touching or rebuilding them is no change.
 * @param place absolute
 * @param onChange is told where something was noticed since the last time, absolute
 * @returns the function that ends it
 * @throws PlanError `not-there` (exit 2)
 */
export async function watchSources(
  place: string,
  onChange: (noticed: readonly string[]) => void,
): Promise<() => void> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) throw notThere(place);
  const watchers = new Map<string, FSWatcher>();
  let known = await hashSources(place);
  let timer: NodeJS.Timeout | undefined;

  let files = new Set<string>();

  const noticed = (folder: string, name: string | null): void => {
    if (name !== null && writtenByBuilds.has(name)) return;
    files.add(path.join(folder, name ?? ''));
    clearTimeout(timer);
    timer = setTimeout(() => void look(), quietMs);
  };
  const follow = async (): Promise<void> => {
    const folders = isFolder ? await foldersIn(place) : [path.dirname(place)];
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_, name) => noticed(folder, name));
      watchers.set(folder, watcher);
      // A folder that was removed is watched again should it come back.
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
    }
  };
  const look = async (): Promise<void> => {
    await follow().catch(() => undefined);
    // A file that is just being replaced is told of once more.
    const now = await hashSources(place).catch(() => known);
    if (now === known) return;
    known = now;
    const changed = [...files];
    files = new Set();
    onChange(changed);
  };

  await follow();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory() && isSource(entry));
  const found = await Promise.all(below.map(({ name }) => foldersIn(path.join(folder, name))));
  return [folder, ...found.flat()];
}

function notThere(place: string): PlanError {
  const t = texts(implementationTexts);
  return new PlanError({
    code: 'not-there',
    exit: exitCodes.usage,
    what: t.notThere(place),
    mend: t.notThereMend,
  });
}
