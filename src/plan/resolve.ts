import { exitCodes, PlanError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { checklistTexts } from '../i18n/checklist.js';
import { texts } from '../i18n/text.js';
import { allItems, type Curriculum, type Item } from './curriculum.js';

/**
 * The items that the words mean, each once, in the order of the words: a whole id, the number of a
 * kata, or the end of an id where only one ends so (`kata-4`, `b2.kata-4`).
 *
 * @throws PlanError `unknown-item` with the nearest id, `ambiguous-item` with the candidates
 */
export function resolveItems(curriculum: Curriculum, words: readonly string[]): Item[] {
  const items = allItems(curriculum).flatMap((item) => [item, ...item.points]);
  return [...new Set(words.map((word) => resolve(items, word)))];
}

function resolve(items: readonly Item[], word: string): Item {
  const wanted = word
    .trim()
    .toLowerCase()
    .replace(/^(\d+)$/, 'kata-$1');
  const exact = items.find(({ id, kata }) => id === wanted || kata === wanted);
  if (exact) return exact;
  const ending = items.filter(({ id }) => id.endsWith(`.${wanted}`));
  if (ending.length > 1) throw ambiguous(word, ending);
  return ending[0] ?? unknown(items, word, wanted);
}

function ambiguous(word: string, candidates: readonly Item[]): PlanError {
  const t = texts(checklistTexts);
  const ids = candidates.map(({ id }) => id);
  return new PlanError({
    code: 'ambiguous-item',
    exit: exitCodes.usage,
    what: t.ambiguous(word, ids.length),
    mend: t.oneOf(ids.slice(0, 8).join(', '), ids.length > 8),
  });
}

function unknown(items: readonly Item[], word: string, wanted: string): never {
  const t = texts(checklistTexts);
  const known = items.flatMap(({ id, kata }) => (kata === undefined ? [id] : [id, kata]));
  const near = nearest(wanted, known);
  throw new PlanError({
    code: 'unknown-item',
    exit: exitCodes.usage,
    what: t.unknown(word),
    mend: near === undefined ? t.seeChecklist : t.didYouMean(near),
  });
}
