import { exitCodes, PlanError } from '../../base/errors.js';
import { mysteryTexts } from '../../i18n/mystery.js';
import { texts } from '../../i18n/text.js';
import { loadCurriculum } from '../../plan/curriculum.js';
import { ended, writeMysteries, type OpenMystery } from '../../plan/mysteries.js';
import { ownRoot } from '../../plan/own-root.js';
import { localDate, recordMystery } from '../../plan/progress.js';
import { findRoot } from '../../plan/root.js';
import type { MysteryView, SolvedView } from '../../report/view/mystery.js';
import { oneOf } from '../option-values.js';
import type { Desk } from './desk.js';
import { solvedView, viewOf } from './views.js';

export type Answered =
  | { readonly right: true; readonly solved: SolvedView }
  | {
      readonly right: false;
      readonly cause: string;
      readonly wrong: readonly string[];
      readonly hintsLeft: number;
    };

/** Says whether it is that cause; closes the mystery where it is, and ticks. */
export async function answerWith(desk: Desk, answer: string): Promise<Answered> {
  const open = openOne(desk);
  const { spec, root, mysteries } = desk;
  const cause = oneOf('answer', answer, Object.keys(spec.causes));
  if (cause === spec.causeOf(open.number)) {
    // The tick before the end: where it can't be written, the answer can be given again.
    const ticked = await tick(open.run, cause);
    return { right: true, solved: { ...(await close(desk, open, 'found')), ticked } };
  }
  const wrong = [...new Set([...open.wrong, cause])];
  await writeMysteries(root, { ...mysteries, open: { ...open, wrong } });
  return { right: false, cause, wrong, hintsLeft: hintsOf(desk, open).length - open.hints };
}

/** One hint more, and all that is known then. */
export async function takeHint(desk: Desk): Promise<MysteryView> {
  const open = openOne(desk);
  const hints = Math.min(open.hints + 1, hintsOf(desk, open).length);
  const helped = { ...open, hints };
  await writeMysteries(desk.root, { ...desk.mysteries, open: helped });
  return viewOf(desk, helped);
}

/** Shows what it was, and closes it: nothing is ticked. */
export function giveUp(desk: Desk): Promise<SolvedView> {
  return close(desk, openOne(desk), 'given-up');
}

async function close(
  desk: Desk,
  open: OpenMystery,
  outcome: 'found' | 'given-up',
): Promise<SolvedView> {
  const mysteries = ended(desk.mysteries, open, outcome);
  await writeMysteries(desk.root, mysteries);
  return solvedView({ ...desk, mysteries }, open);
}

/** @returns the labels of what was not ticked before */
async function tick(run: string, cause: string): Promise<SolvedView['ticked']> {
  const noted = ownRoot(findRoot(process.cwd()));
  if (noted === undefined) return [];
  const items = loadCurriculum().final.items.filter(({ shownBy }) => shownBy === 'mystery');
  const { before, after } = await recordMystery(
    noted,
    items.map(({ id }) => id),
    { evidence: { by: 'mystery', run, cause }, date: localDate(new Date()) },
  );
  return items.filter(({ id }) => before.items[id] !== after.items[id]).map(({ label }) => label);
}

function hintsOf({ spec }: Desk, { number }: OpenMystery): readonly unknown[] {
  return spec.causes[spec.causeOf(number)]?.hints ?? [];
}

/** @throws PlanError where none is open, or none that could be looked at */
function openOne({ mysteries: { open } }: Desk): OpenMystery & { readonly run: string } {
  const t = texts(mysteryTexts);
  if (open === null) throw usage('no-mystery', t.noneOpen);
  const { run } = open;
  if (run === null) throw usage('mystery-not-run', t.notRun);
  return { ...open, run };
}

function usage(code: string, what: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend: 'plan mystery' });
}
