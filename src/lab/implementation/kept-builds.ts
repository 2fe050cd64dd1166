import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** A run in progress may be using what was used since; no run and no build takes that long. */
const unusedAfterMs = 24 * 60 * 60 * 1000;

/** True where it is there; the newest uses are kept when old ones are pruned. */
export async function touched(place: string): Promise<boolean> {
  if (!(await exists(place))) return false;
  const now = new Date();
  await utimes(place, now, now).catch(() => undefined);
  return true;
}

/** Another plan may have made the same meanwhile: then theirs is as good. */
export async function putInPlace(aside: string, place: string): Promise<void> {
  try {
    await rename(aside, place);
  } catch (error) {
    if (!(await exists(place))) throw error;
  }
}

/** Keeps the newest and all that may be in use; what can't be removed stays, and costs only room. */
export async function prune(folder: string, kept: number): Promise<void> {
  const names = await readdir(folder);
  const dated = await Promise.all(
    names.map(async (name) => {
      const place = path.join(folder, name);
      const time = await stat(place)
        .then(({ mtimeMs }) => mtimeMs)
        .catch(() => 0);
      return { place, time };
    }),
  );
  dated.sort((a, b) => b.time - a.time);
  const isHalfMade = ({ place }: { place: string }): boolean => place.endsWith('.aside');
  const made = dated.filter((one) => !isHalfMade(one));
  const old = [...made.slice(kept), ...dated.filter(isHalfMade)].filter(
    ({ time }) => time < Date.now() - unusedAfterMs,
  );
  await Promise.allSettled(old.map(({ place }) => rm(place, { recursive: true, force: true })));
}

async function exists(place: string): Promise<boolean> {
  return stat(place)
    .then(() => true)
    .catch(() => false);
}
