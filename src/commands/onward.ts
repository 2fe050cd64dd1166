import path from 'node:path';
import { getLocale } from '../i18n/text.js';
import { readBrief } from '../kata/brief.js';
import { hasKata, wordFor, type KataOnDisk } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { storedRuns } from '../lab/archive/runs.js';
import { allItems, loadCurriculum } from '../plan/curriculum.js';
import { loadNotes } from '../plan/notes.js';
import { isDone, itemOf, readProgress } from '../plan/progress.js';
import { isLesson } from '../report/view/choose.js';
import { isOwn, onwardOf, type Onward, type Surroundings } from '../report/view/onward.js';

/** Further back nobody compares. */
const mostRuns = 30;

/**
 * What comes next for the learner after a run.
 * @param root with a progress.json of the learner's; undefined where there is none
 */
export async function onwardAfter(
  found: KataOnDisk,
  record: RunRecord,
  { root, isWatched }: { root: string | undefined; isWatched: boolean },
): Promise<Onward> {
  const { kata } = found;
  const brief = await readBrief(found.folder, getLocale());
  const holds = record.cases.every(({ verdict }) => verdict === 'holds');
  const isMoment = holds && record.cases.some(isOwn);
  return onwardOf(kata, record, {
    word: wordFor(found),
    hints: brief?.hints.length ?? 0,
    notes: isMoment ? notesOf(kata.id) : [],
    isWatched,
    ...(isMoment && root !== undefined
      ? { ...progressAt(root, kata.item), ...(await earlier(found, record, root)) }
      : { progress: undefined, nextKata: undefined, lesson: undefined, before: undefined }),
  });
}

function notesOf(kata: string): string[] {
  return loadNotes()
    .filter(({ katas }) => katas.includes(kata))
    .map(({ slug }) => slug);
}

function progressAt(
  root: string,
  item: string | undefined,
): Pick<Surroundings, 'progress' | 'nextKata'> {
  const progress = readProgress(root);
  const items = allItems(loadCurriculum());
  const open = items.filter(({ id }) => !isDone(itemOf(progress, id)));
  const behind = items.slice(items.findIndex(({ id }) => id === item) + 1);
  const next = [...behind, ...items].find(
    (one) => open.includes(one) && one.kata !== undefined && hasKata(one.kata),
  );
  return {
    progress: { done: items.length - open.length, all: items.length },
    nextKata: next?.kata,
  };
}

/** The newest lesson, and the newest run of the same program before this one. */
async function earlier(
  { kata }: KataOnDisk,
  record: RunRecord,
  root: string,
): Promise<Pick<Surroundings, 'lesson' | 'before'>> {
  const place = record.cases.find(isOwn)?.implementation.path;
  let lesson: RunRecord | undefined;
  let before: RunRecord | undefined;
  let seen = 0;
  for await (const { folder, record: one } of storedRuns(root, kata.id)) {
    seen += 1;
    if (seen > mostRuns || (lesson && before)) break;
    if (one === undefined || folder === path.resolve(root, record.folder)) continue;
    if (one.cases.some((each) => isOwn(each) && each.implementation.path === place)) before ??= one;
    else if (isLesson(kata, one)) lesson ??= one;
  }
  return { lesson, before };
}
