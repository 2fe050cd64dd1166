import path from 'node:path';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { outsideKataTexts } from '../i18n/outside-kata.js';
import { texts } from '../i18n/text.js';
import { findKata, type KataOnDisk } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { recheckRun } from '../lab/recheck.js';
import { exitOf } from '../lab/outcome.js';
import { printJson } from '../report/output.js';
import { reportRecheck } from '../report/recheck.js';
import { openKataAt } from './open-kata.js';

interface Options {
  readonly json?: boolean;
  /** Where a kata from outside is now. */
  readonly kata?: string;
}

/** `plan recheck RUN`: the checkers of today on the history of then; nothing stored is changed. */
export async function recheck(where: string, options: Options): Promise<ExitCode> {
  let found: KataOnDisk | undefined;
  const { record, changed } = await recheckRun(where, async (run) => {
    found = await kataOf(where, run, options.kata);
    return found.kata;
  });
  if (options.json === true) printJson({ ...record, changed });
  else if (found) reportRecheck(found.kata, record, changed);
  return changed.length > 0 ? exitCodes.violated : exitOf(record);
}

/** One of the lab's by its id, one from outside by the folder that the run has written down. */
async function kataOf(
  where: string,
  { folder, record }: { folder: string; record: RunRecord },
  given: string | undefined,
): Promise<KataOnDisk> {
  const { kata: id, kataFolder } = record;
  if (given === undefined && kataFolder === undefined) return findKata(id);
  // A run lies in results/<kata>/<time> below the learner's root.
  const root = path.resolve(folder, '..', '..', '..');
  const place = given === undefined ? path.resolve(root, kataFolder ?? '') : path.resolve(given);
  const found = await openKataAt(place).catch((error: unknown) => {
    if (given !== undefined || !isNotThere(error)) throw error;
    throw moved(id, kataFolder ?? '', where);
  });
  if (found.kata.id === id) return found;
  const t = texts(outsideKataTexts);
  throw usage(
    'other-kata',
    t.otherKata(found.word ?? place, found.kata.id, id),
    t.movedKataMend(where),
  );
}

function isNotThere(error: unknown): boolean {
  return error instanceof PlanError && error.code === 'no-kata-there';
}

function moved(id: string, place: string, where: string): PlanError {
  const t = texts(outsideKataTexts);
  return usage('kata-moved', t.movedKata(id, place), t.movedKataMend(where));
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
