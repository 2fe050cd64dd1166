import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const progressFile = 'progress.json';

/** The learner's root: the nearest folder, from `from` upwards, that holds a progress.json. */
export function findRoot(from: string): string | undefined {
  const folder = path.resolve(from);
  if (existsSync(path.join(folder, progressFile))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : findRoot(parent);
}

/** The locale that progress.json names. Never throws: an unreadable file is told of later. */
export function localeOf(root: string | undefined): string | undefined {
  if (root === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(readFileSync(path.join(root, progressFile), 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('locale' in parsed)) return undefined;
    return typeof parsed.locale === 'string' ? parsed.locale : undefined;
  } catch {
    return undefined;
  }
}
