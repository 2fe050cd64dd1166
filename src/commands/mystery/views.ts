import path from 'node:path';
import { displayPath } from '../../base/display-path.js';
import { PlanError } from '../../base/errors.js';
import { History } from '../../kata/history.js';
import { rolesOf } from '../../kata/roles.js';
import { readRun } from '../../lab/archive/folder.js';
import { historyOf } from '../../lab/archive/history-of.js';
import type { OpenMystery } from '../../plan/mysteries.js';
import type { MysteryRun, MysteryView, SolvedView } from '../../report/view/mystery.js';
import { newestRun } from '../asked-run.js';
import type { Desk } from './desk.js';

/** @throws PlanError `no-such-run` where its run is gone */
export async function viewOf(desk: Desk, open: OpenMystery): Promise<MysteryView> {
  const { spec } = desk;
  const { run, history } = await look(desk, open);
  const hints = spec.causes[spec.causeOf(open.number)]?.hints ?? [];
  return {
    number: open.number,
    run,
    opening: spec.opening(history),
    causes: Object.entries(spec.causes).map(([name, { title }]) => ({ name, title })),
    hints: hints.slice(0, open.hints),
    hintsLeft: hints.length - open.hints,
    wrong: open.wrong,
  };
}

/** Of one that is over, or is about to be: what it was. */
export async function solvedView(desk: Desk, one: OpenMystery): Promise<SolvedView> {
  const { spec, mysteries } = desk;
  const cause = spec.causeOf(one.number);
  return {
    ...{ number: one.number, cause, ticked: [] },
    title: spec.causes[cause]?.title ?? { en: cause, es: cause },
    shown: await evidenceOf(desk, one, cause),
    past: {
      found: mysteries.past.filter(({ outcome }) => outcome === 'found').length,
      all: mysteries.past.length,
    },
  };
}

/** Undefined where its run is gone, or somebody has laid hands on it. */
async function evidenceOf(
  desk: Desk,
  open: OpenMystery,
  cause: string,
): Promise<SolvedView['shown']> {
  try {
    const { run, history } = await look(desk, open);
    const evidence = desk.spec.evidence(history).get(cause);
    return evidence && { run, evidence };
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}

async function look(
  { root, found }: Desk,
  open: OpenMystery,
): Promise<{ run: MysteryRun; history: History }> {
  const { folder, record } = await readRun(path.resolve(root, open.run ?? ''));
  const [one] = record.cases;
  const newest = await newestRun(
    ({ telemetry }) => telemetry === true,
    ({ cases }) => cases.length > 0,
  );
  const run = {
    folder: displayPath(folder, process.cwd()),
    slug: one?.slug ?? '',
    roles: rolesOf(found.kata),
    isNewest: newest?.folder === folder,
  };
  return { run, history: one ? await historyOf(folder, one) : new History([]) };
}
