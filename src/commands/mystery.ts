import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { mysteryTexts } from '../i18n/mystery.js';
import { getLocale, texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import { loadCurriculum } from '../plan/curriculum.js';
import { ended, writeMysteries, type OpenMystery } from '../plan/mysteries.js';
import { ownRoot } from '../plan/own-root.js';
import { localDate, recordMystery } from '../plan/progress.js';
import { findRoot } from '../plan/root.js';
import {
  mysteryJson,
  reportHint,
  reportMystery,
  reportSolved,
  reportWrong,
} from '../report/terminal/mystery.js';
import type { SolvedView } from '../report/view/mystery.js';
import { begin, goOn } from './mystery/begin.js';
import { openDesk, type Desk } from './mystery/desk.js';
import { evidenceOf, viewOf } from './mystery/views.js';
import { oneOf } from './option-values.js';

interface Options {
  readonly answer?: string;
  readonly hint?: boolean;
  readonly giveUp?: boolean;
  readonly cause?: string;
  readonly services?: ProviderName;
  readonly json?: boolean;
}

/** `plan mystery`: begins one or tells of the one that is open; hints, the answer, giving up. */
export async function mystery(options: Options): Promise<ExitCode> {
  const { answer, hint, giveUp, cause, json = false } = options;
  const t = texts(mysteryTexts);
  if ([answer, hint, giveUp, cause].filter((one) => one !== undefined).length > 1)
    throw usage('bad-option', t.oneOnly, 'plan mystery');
  const desk = await openDesk();
  if (answer !== undefined) return answered(desk, answer, json);
  if (hint === true) return helped(desk, json);
  if (giveUp === true) return gaveUp(desk, json);
  const { open } = desk.mysteries;
  const around = { json, provider: options.services };
  if (open === null)
    return shown(desk, await begin(desk, wantedCause(desk, cause), around), around.json);
  if (cause !== undefined)
    throw usage('mystery-open', t.isOpen(open.number), 'plan mystery --give-up');
  // One that was cut off is the same one still: what it hides must not change under the learner.
  return shown(desk, open.run === null ? await goOn(desk, open, around) : open, around.json);
}

function wantedCause({ spec }: Desk, cause: string | undefined): string | undefined {
  return cause === undefined ? undefined : oneOf('cause', cause, Object.keys(spec.causes));
}

async function shown(desk: Desk, open: OpenMystery, json: boolean): Promise<ExitCode> {
  const view = await viewOf(desk, open);
  if (json) mysteryJson({ status: 'open', ...view });
  else reportMystery(getLocale(), view);
  return exitCodes.ok;
}

async function answered(desk: Desk, answer: string, json: boolean): Promise<ExitCode> {
  const open = openOne(desk);
  const { spec, root } = desk;
  const cause = oneOf('answer', answer, Object.keys(spec.causes));
  if (cause === spec.causeOf(open.number)) return end(desk, open, { how: 'right', json });
  const wrong = [...new Set([...open.wrong, cause])];
  await writeMysteries(root, { ...desk.mysteries, open: { ...open, wrong } });
  const hintsLeft = hintsOf(desk, open).length - open.hints;
  if (json) mysteryJson({ status: 'open', right: false, answer: cause, wrong, hintsLeft });
  else reportWrong(getLocale(), cause, hintsLeft);
  return exitCodes.violated;
}

async function helped(desk: Desk, json: boolean): Promise<ExitCode> {
  const open = openOne(desk);
  const hints = Math.min(open.hints + 1, hintsOf(desk, open).length);
  const helpedOne = { ...open, hints };
  await writeMysteries(desk.root, { ...desk.mysteries, open: helpedOne });
  const view = await viewOf(desk, helpedOne);
  if (json) mysteryJson({ status: 'open', hints: view.hints, hintsLeft: view.hintsLeft });
  else reportHint(getLocale(), view);
  return exitCodes.ok;
}

function gaveUp(desk: Desk, json: boolean): Promise<ExitCode> {
  return end(desk, openOne(desk), { how: 'gaveUp', json });
}

interface End {
  readonly how: 'right' | 'gaveUp';
  readonly json: boolean;
}

async function end(desk: Desk, open: OpenMystery, { how, json }: End): Promise<ExitCode> {
  const { spec, root } = desk;
  const cause = spec.causeOf(open.number);
  const over = ended(desk.mysteries, open, how === 'right' ? 'found' : 'given-up');
  // The tick before the end: where it can't be written, the answer can be given again.
  const ticked = how === 'right' && open.run !== null ? await tick(open.run, cause) : [];
  await writeMysteries(root, over);
  const view: SolvedView = {
    ...{ number: open.number, cause, ticked },
    title: spec.causes[cause]?.title ?? { en: cause, es: cause },
    shown: await evidenceOf(desk, open, cause),
    past: {
      found: over.past.filter(({ outcome }) => outcome === 'found').length,
      all: over.past.length,
    },
  };
  if (json) mysteryJson({ status: how === 'right' ? 'found' : 'given-up', ...view });
  else reportSolved(getLocale(), view, how);
  return exitCodes.ok;
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
  if (open === null) throw usage('no-mystery', t.noneOpen, 'plan mystery');
  const { run } = open;
  if (run === null) throw usage('mystery-not-run', t.notRun, 'plan mystery');
  return { ...open, run };
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
