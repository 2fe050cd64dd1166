import { existsSync } from 'node:fs';
import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { packageRoot } from '../base/package.js';
import { mysteryTexts } from '../i18n/mystery.js';
import { outsideKataTexts } from '../i18n/outside-kata.js';
import { texts } from '../i18n/text.js';
import { findKata, hasKata, type KataOnDisk } from '../kata/discover.js';

/**
 * The kata that a word on the command line means: one of the lab's by its id, or one from outside
 * by its folder.
 * @throws PlanError `unknown-kata`, `is-a-mystery`; for one from outside as `loadOutsideKata`
 */
export async function openKata(word: string): Promise<KataOnDisk> {
  const place = placeOf(word);
  if (place === undefined) return listed(await findKata(word));
  const inTheLab = path.relative(path.join(packageRoot, 'katas'), place);
  if (hasKata(inTheLab)) return listed(await findKata(inTheLab));
  return openKataAt(place);
}

/** @throws PlanError `is-a-mystery`: run as a kata it would be one no longer */
function listed(found: KataOnDisk): KataOnDisk {
  if (found.kata.mystery === undefined) return found;
  const what = texts(mysteryTexts).ownCommand;
  const mend = 'plan mystery';
  throw new PlanError({ code: 'is-a-mystery', exit: exitCodes.usage, what, mend });
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
