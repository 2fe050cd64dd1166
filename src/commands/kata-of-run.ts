import path from 'node:path';
import { exitCodes, PlanError } from '../base/errors.js';
import { outsideKataTexts } from '../i18n/outside-kata.js';
import { texts } from '../i18n/text.js';
import { findKata, type KataOnDisk } from '../kata/discover.js';
import type { RunRecord } from '../kata/run-record.js';
import { openKataAt } from './open-kata.js';

/** One of the lab's by its id, one from outside by the folder that the run has written down. */
export async function kataOfRun(
  command: 'recheck' | 'replay' | 'sequence --run' | 'trace --run' | 'explain',
  where: string,
  { folder, record }: { folder: string; record: RunRecord },
  given: string | undefined,
): Promise<KataOnDisk> {
  const { kata: id, kataFolder } = record;
  const mend = texts(outsideKataTexts).movedKataMend(command, where);
  if (given === undefined && kataFolder === undefined) return findKata(id);
  // A run lies in results/<kata>/<time> below the learner's root.
  const root = path.resolve(folder, '..', '..', '..');
  const place = given === undefined ? path.resolve(root, kataFolder ?? '') : path.resolve(given);
  const found = await openKataAt(place).catch((error: unknown) => {
    if (given !== undefined || !isNotThere(error)) throw error;
    throw moved(id, kataFolder ?? '', mend);
  });
  if (found.kata.id === id) return found;
  const t = texts(outsideKataTexts);
  throw usage('other-kata', t.otherKata(found.word ?? place, found.kata.id, id), mend);
}

function isNotThere(error: unknown): boolean {
  return error instanceof PlanError && error.code === 'no-kata-there';
}

function moved(id: string, place: string, mend: string): PlanError {
  const t = texts(outsideKataTexts);
  return usage('kata-moved', t.movedKata(id, place), mend);
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
