import path from 'node:path';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { OwnBuilds, watchSources } from '../lab/implementation/index.js';
import { reportFault } from '../report/terminal/fault.js';
import {
  reportNotYet,
  reportRound,
  reportWatchEnded,
  reportWatching,
} from '../report/terminal/watch.js';
import { listenToKeys } from './keys.js';
import { inSession, type Around, type Session } from './session.js';
import { getLocale } from '../i18n/text.js';

interface Watched {
  /**
   * Runs it, and tells what came of it unless the round's signal has been aborted.
   * @returns whether it holds
   */
  readonly runOnce: (round: Session) => Promise<boolean>;
  /** Shows the first hint, and each time one more. */
  readonly hint: () => Promise<void>;
  /** What there is to do once it holds; told when everything has been stopped. */
  readonly goOn: () => Promise<void>;
}

/**
 * Runs an implementation now and again on every save, until q or Ctrl-C. A save in the middle of a
 * run ends that run: what it would say is about sources that are no more.
 * @param places as the learner wrote them
 * @throws the reason of the interrupt, once everything has been stopped
 */
export async function watchAndRun(
  places: readonly string[],
  around: Around,
  watched: Watched,
): Promise<ExitCode> {
  const end = await inSession({ ...around, isLong: true }, (session) =>
    rounds(places, session, watched),
  );
  reportWatchEnded(getLocale());
  if (end === 'onward') await watched.goOn();
  return exitCodes.ok;
}

type End = 'end' | 'onward';

async function rounds(
  places: readonly string[],
  session: Session,
  { runOnce, hint }: Watched,
): Promise<End | undefined> {
  let round = new AbortController();
  let end: End | undefined;
  /** Between two runs, and whether the last one held. */
  let waiting: { readonly holds: boolean } | undefined;
  const ownBuilds = new OwnBuilds();
  const again = (): void => round.abort(superseded());
  const saved = (files: readonly string[]): void => {
    ownBuilds.changed(files);
    again();
  };
  const unwatch: (() => void)[] = [];
  for (const place of places) unwatch.push(await watchSources(path.resolve(place), saved));
  const forgetKeys = listenToKeys((typed) => {
    const key = typed.toLowerCase();
    if (key === 'q') end = 'end';
    if (key === 'n' && waiting?.holds) end = 'onward';
    // Who asks for it has it all made anew.
    if (key === '\r') ownBuilds.forget();
    if (end !== undefined || key === '\r') again();
    else if (key === 'h' && waiting) void told(hint(), session.signal).then(tellWaiting);
    else if (key === 'n' && waiting) reportNotYet(getLocale());
  });
  const tellWaiting = (): void => {
    if (waiting) reportWatching(getLocale(), places.join(', '));
  };
  try {
    while (end === undefined && !session.signal.aborted) {
      round = new AbortController();
      const signal = AbortSignal.any([session.signal, round.signal]);
      reportRound(new Date());
      const holds = await told(runOnce({ ...session, signal, ownBuilds }), signal);
      if (!signal.aborted) {
        waiting = { holds: holds === true };
        tellWaiting();
        await aborted(signal);
        waiting = undefined;
      }
    }
  } finally {
    for (const one of unwatch) one();
    forgetKeys();
  }
  session.signal.throwIfAborted();
  return end;
}

/** A run that could not even begin is told, and waits for the next save. */
async function told<T>(run: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await run;
  } catch (error) {
    if (!signal.aborted) reportFault(getLocale(), error, []);
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // The watchers keep the process alive meanwhile.
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Never told: the next run begins at once. */
function superseded(): PlanError {
  return new PlanError({ code: 'saved-again', exit: exitCodes.interrupted, what: 'saved again' });
}
