import path from 'node:path';
import type { RunRecord } from '../kata/run-record.js';
import type { Kept } from './progress/faults.js';
import { unreadableFault } from './progress/faults.js';
import { readFileAt, Unreadable } from './progress/read.js';
import type { Shown } from './progress/record.js';
import { schemaVersion, type MysteryEvidence, type Progress } from './progress/shape.js';
import type { Change } from './progress/write.js';
import { progressFile } from './root.js';

export { localDate } from './progress/dates.js';
export {
  heldOf,
  isDate,
  isDone,
  itemOf,
  type Evidence,
  type Progress,
  type RunFigures,
} from './progress/shape.js';

/*
 * The only writer of progress.json. Reading is on the path of `plan next`, so that all that writing
 * needs is loaded only when something is written.
 */

/**
 * The learner's progress. Reads only: an unreadable file stays where it is, an older one is
 * migrated in memory.
 *
 * @throws PlanError `no-progress`, `progress-unreadable`, `progress-newer`
 */
export function readProgress(root: string): Progress {
  try {
    return readFileAt(root).progress;
  } catch (error) {
    if (error instanceof Unreadable) throw unreadableFault(path.join(root, progressFile), error);
    throw error;
  }
}

/**
 * Changes progress.json under a lock, in one step. Nothing is written where nothing changed. The
 * change must keep what it does not know, and may be asked for more than once.
 *
 * @throws PlanError as `readProgress`, with the unreadable file kept aside; `disk-full`,
 *   `folder-read-only`, `progress-protected`, `progress-busy`, `progress-not-written`: the old
 *   file is intact then
 */
export async function updateProgress(
  root: string,
  change: (progress: Progress) => Progress,
): Promise<Change> {
  const { update } = await import('./progress/write.js');
  return update(root, change);
}

/**
 * Takes down what a run came to: best and last figures of its kata, and the tick with evidence
 * where the learner's own implementation held.
 *
 * @param shown the curriculum items of the kata (`Kata.item`, `Kata.requirements`)
 * @param asked of a system: the roles that the plan asks for
 * @throws PlanError as `updateProgress`
 */
export async function recordRun(
  root: string,
  run: RunRecord,
  shown: Shown,
  asked?: readonly string[],
): Promise<Change> {
  const { withRun } = await import('./progress/record.js');
  return updateProgress(root, (progress) => withRun(progress, run, shown, asked));
}

/**
 * Takes down that the learner's newer version was shown to be better than the older one.
 *
 * @param run of `plan compare`, the newer version's cases last
 * @param ids what that ticks
 * @throws PlanError as `updateProgress`
 */
export async function recordImprovement(
  root: string,
  run: RunRecord,
  ids: readonly string[],
): Promise<Change> {
  const { withImprovement } = await import('./progress/record.js');
  return updateProgress(root, (progress) => withImprovement(progress, run, ids));
}

/** Ticks items by hand. @throws PlanError as `updateProgress` */
export async function tickItems(
  root: string,
  ids: readonly string[],
  date: string,
): Promise<Change> {
  const { withTicks } = await import('./progress/ticks.js');
  return updateProgress(root, (progress) => withTicks(progress, ids, date));
}

/** Ticks items by a cause that was found. @throws PlanError as `updateProgress` */
export async function recordMystery(
  root: string,
  ids: readonly string[],
  shown: { readonly evidence: MysteryEvidence; readonly date: string },
): Promise<Change> {
  const { withMystery } = await import('./progress/ticks.js');
  return updateProgress(root, (progress) => withMystery(progress, ids, shown));
}

/** Takes ticks back. @throws PlanError as `updateProgress` */
export async function untickItems(root: string, ids: readonly string[]): Promise<Change> {
  const { withoutTicks } = await import('./progress/ticks.js');
  return updateProgress(root, (progress) => withoutTicks(progress, ids));
}

/**
 * Makes a fresh progress.json in the folder; never writes over one.
 *
 * @throws PlanError `progress-exists`, or as `updateProgress`
 */
export async function createProgress(
  root: string,
  start: Partial<Pick<Progress, 'startedOn' | 'locale'>> = {},
): Promise<Progress> {
  const { create } = await import('./progress/write.js');
  const fresh: Progress = {
    schema: schemaVersion,
    startedOn: start.startedOn ?? null,
    locale: start.locale ?? null,
    items: {},
    katas: {},
  };
  await create(root, fresh);
  return fresh;
}

/** Moves an unreadable progress.json to `progress.json.broken-<time>`, so that a fresh one fits. */
export async function setAsideProgress(root: string): Promise<Kept> {
  const { setAside } = await import('./progress/write.js');
  return setAside(root);
}
