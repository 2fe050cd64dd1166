import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { dlqTexts } from '../i18n/dlq.js';
import { getLocale, texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import { logLinesOf, replayLetters, type StoredLetter } from '../lab/dead-letters/index.js';
import { exitOf } from '../lab/run/outcome.js';
import { lettersJson, reportLetters, reportNoLetters } from '../report/terminal/dlq/list.js';
import { replayedJson, reportReplayed } from '../report/terminal/dlq/replay.js';
import { letterJson, reportLetter } from '../report/terminal/dlq/show.js';
import { askedLetters, type AskedLetters } from './dlq-letters.js';
import { inSession } from './session.js';

interface Options {
  readonly run?: string;
  readonly kata?: string;
  readonly case?: string;
  readonly all?: boolean;
  readonly stillBroken?: boolean;
  readonly services?: ProviderName;
  readonly wide?: boolean;
  readonly json?: boolean;
}

export const dlqActions = ['list', 'show', 'replay'] as const;

/** `plan dlq [list|show|replay]`: the dead letters of the last run, one of them, or all sent again. */
export async function dlq(
  action: string | undefined,
  ids: readonly string[],
  options: Options,
): Promise<ExitCode> {
  const named = dlqActions.find((one) => one === (action ?? 'list').toLowerCase());
  if (named === undefined) throw unknownAction(action ?? '');
  const asked = await askedLetters(options);
  if (named === 'show') return show(asked, ids, options);
  if (named === 'replay') return replay(asked, ids, options);
  return list(asked, options);
}

function list({ found, run, one, shown }: AskedLetters, { json, wide = false }: Options): ExitCode {
  const others = run.cases.filter((other) => other !== one);
  const listed = one && {
    ...{ kata: found.kata.id, run: shown, slug: one.record.slug, letters: one.letters },
    others: others.map(({ record, letters }) => ({ slug: record.slug, count: letters.length })),
  };
  if (json === true) lettersJson(listed);
  else if (listed) reportLetters(getLocale(), listed, wide ? 'below' : 'told');
  else reportNoLetters(getLocale(), shown);
  return exitCodes.ok;
}

async function show(
  asked: AskedLetters,
  ids: readonly string[],
  { json }: Options,
): Promise<ExitCode> {
  const [word] = ids;
  if (word === undefined) throw usage('no-letter', texts(dlqTexts).showWhich, 'plan dlq show 1');
  const letter = letterOf(asked, word);
  const shown = { letter, log: await logLinesOf(asked.root, letter) };
  if (json === true) letterJson(shown);
  else reportLetter(getLocale(), shown);
  return exitCodes.ok;
}

async function replay(
  asked: AskedLetters,
  ids: readonly string[],
  options: Options,
): Promise<ExitCode> {
  const { found, root, run, one, deadLetters } = asked;
  const chosen = chosenOf(asked, ids, options);
  if (!one) {
    if (options.json === true) lettersJson(undefined);
    else reportNoLetters(getLocale(), asked.shown);
    return exitCodes.ok;
  }
  const mended = options.stillBroken !== true;
  const around = {
    ...{ root, provider: options.services, json: options.json === true },
    command: ['dlq', 'replay', ...(options.all === true ? ['--all'] : ids)],
  };
  const letters = { run, one, chosen, mended };
  const { record, outcomes } = await inSession(around, async (session) => {
    const replayed = await replayLetters(found, deadLetters, letters, session);
    session.signal.throwIfAborted();
    return replayed;
  });
  const told = { record, outcomes, mended, kept: one.letters.length - chosen.length };
  if (options.json === true) replayedJson(told);
  else reportReplayed(getLocale(), told);
  return exitOf(record);
}

/** @throws PlanError where none is named, or one that is not there */
function chosenOf(
  asked: AskedLetters,
  ids: readonly string[],
  { all }: Options,
): readonly StoredLetter[] {
  const t = texts(dlqTexts);
  if (all === true && ids.length > 0)
    throw usage('bad-option', t.bothAllAndIds, 'plan dlq replay --all');
  if (all === true) return asked.one?.letters ?? [];
  if (ids.length === 0) throw usage('no-letter', t.replayWhich, 'plan dlq replay --all');
  return [...new Set(ids.map((word) => letterOf(asked, word)))];
}

/** By its id, or by its number in the list. @throws PlanError `unknown-letter` with the nearest */
function letterOf({ one, shown }: AskedLetters, word: string): StoredLetter {
  const letters = one?.letters ?? [];
  const found =
    letters.find(({ id }) => id === word) ?? letters.find(({ n }) => String(n) === word);
  if (found) return found;
  const ids = letters.map(({ id }) => id);
  const near = nearest(word, ids);
  const mend = near === undefined ? 'plan dlq' : `plan dlq show ${near}`;
  throw usage('unknown-letter', texts(dlqTexts).unknownLetter(word, shown), mend);
}

function unknownAction(action: string): PlanError {
  const near = nearest(action, dlqActions) ?? 'list';
  return usage('unknown-action', texts(dlqTexts).unknownAction(action), `plan dlq ${near}`);
}

function usage(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.usage, what, mend });
}
