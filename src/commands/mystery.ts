import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { mysteryTexts } from '../i18n/mystery.js';
import { getLocale, texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import type { OpenMystery } from '../plan/mysteries.js';
import {
  mysteryJson,
  reportHint,
  reportMystery,
  reportSolved,
  reportWrong,
} from '../report/terminal/mystery.js';
import { answerWith, giveUp, takeHint } from './mystery/acts.js';
import { begin, goOn } from './mystery/begin.js';
import { openDesk, type Desk } from './mystery/desk.js';
import { viewOf } from './mystery/views.js';
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
  const { answer, hint, giveUp: givesUp, cause, json = false } = options;
  if ([answer, hint, givesUp, cause].filter((one) => one !== undefined).length > 1)
    throw usage('bad-option', texts(mysteryTexts).oneOnly, 'plan mystery');
  const desk = await openDesk();
  if (answer !== undefined) return answered(desk, answer, json);
  if (hint === true) return helped(desk, json);
  if (givesUp === true) return gaveUp(desk, json);
  return shown(desk, await openedOne(desk, options), json);
}

/** The one that is open, or a new one. */
async function openedOne(
  desk: Desk,
  { cause, services: provider, json = false }: Options,
): Promise<OpenMystery> {
  const { open } = desk.mysteries;
  const around = { json, provider };
  const names = Object.keys(desk.spec.causes);
  if (open === null)
    return begin(desk, cause === undefined ? undefined : oneOf('cause', cause, names), around);
  const isOpen = texts(mysteryTexts).isOpen(open.number);
  if (cause !== undefined) throw usage('mystery-open', isOpen, 'plan mystery --give-up');
  // One that was cut off is the same one still: what it hides must not change under the learner.
  return open.run === null ? goOn(desk, open, around) : open;
}

async function shown(desk: Desk, open: OpenMystery, json: boolean): Promise<ExitCode> {
  const view = await viewOf(desk, open);
  if (json) mysteryJson({ status: 'open', ...view });
  else reportMystery(getLocale(), view);
  return exitCodes.ok;
}

async function answered(desk: Desk, answer: string, json: boolean): Promise<ExitCode> {
  const told = await answerWith(desk, answer);
  if (told.right) {
    if (json) mysteryJson({ status: 'found', right: true, ...told.solved });
    else reportSolved(getLocale(), told.solved, 'right');
    return exitCodes.ok;
  }
  if (json) mysteryJson({ status: 'open', ...told });
  else reportWrong(getLocale(), told.cause, told.hintsLeft);
  return exitCodes.violated;
}

async function helped(desk: Desk, json: boolean): Promise<ExitCode> {
  const view = await takeHint(desk);
  if (json) mysteryJson({ status: 'open', hints: view.hints, hintsLeft: view.hintsLeft });
  else reportHint(getLocale(), view);
  return exitCodes.ok;
}

async function gaveUp(desk: Desk, json: boolean): Promise<ExitCode> {
  const solved = await giveUp(desk);
  if (json) mysteryJson({ status: 'given-up', ...solved });
  else reportSolved(getLocale(), solved, 'gaveUp');
  return exitCodes.ok;
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
