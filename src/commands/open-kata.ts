import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../base/package.js';
import { outsideKataTexts } from '../i18n/outside-kata.js';
import { texts } from '../i18n/text.js';
import { findKata, hasKata, type KataOnDisk } from '../kata/discover.js';

/**
 * The kata that a word on the command line means: one of the lab's by its id, or one from outside
 * by its folder.
 * @throws PlanError `unknown-kata`; for one from outside as `loadOutsideKata`
 */
export async function openKata(word: string): Promise<KataOnDisk> {
  const place = placeOf(word);
  if (place === undefined) return findKata(word);
  const inTheLab = path.relative(path.join(packageRoot, 'katas'), place);
  if (hasKata(inTheLab)) return findKata(inTheLab);
  return openKataAt(place);
}

/** Whether the word means a folder, of a kata from outside or of none. */
export function isOutside(word: string): boolean {
  return placeOf(word) !== undefined;
}

/** @param place absolute */
export async function openKataAt(place: string): Promise<KataOnDisk> {
  const { badKata, loadOutsideKata } = await import('../lab/outside-kata/index.js');
  const word = wordFor(place);
  const found = await loadOutsideKata(place, word);
  const { item } = found.kata;
  if (item === undefined) return found;
  const { findItem, loadCurriculum } = await import('../plan/curriculum.js');
  if (findItem(loadCurriculum(), item)) return found;
  const problem = texts(outsideKataTexts).noSuchItem(item);
  throw badKata(word, [{ field: 'item', problem }]);
}

/** Undefined where the word is an id. A folder may be written without `./` where no id is meant. */
function placeOf(word: string): string | undefined {
  const place = path.resolve(/(?:^|[/\\])kata\.ts$/.test(word) ? path.dirname(word) : word);
  if (/[/\\]|^\.{1,2}$/.test(word)) return place;
  const isId = hasKata(word) || /^\d+$/.test(word);
  return !isId && existsSync(path.join(place, 'kata.ts')) ? place : undefined;
}

/** As one would type it here. */
function wordFor(place: string): string {
  const relative = path.relative(process.cwd(), place);
  if (relative === '') return '.';
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return isBelow ? `./${relative}` : place;
}
