import path from 'node:path';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { OwnBuilds, watchSources } from '../lab/implementation/index.js';
import { reportFault } from '../report/terminal/fault.js';
import { reportRound, reportWatchEnded, reportWatching } from '../report/terminal/watch.js';
import { listenToKeys } from './keys.js';
import { inSession, type Around, type Session } from './session.js';
import { getLocale } from '../i18n/text.js';

/**
 * Runs an implementation now and again on every save, until q or Ctrl-C. A save in the middle of a
 * run ends that run: what it would say is about sources that are no more.
 * @param places as the learner wrote them
 * @param runOnce runs it, and tells what came of it unless the round's signal has been aborted
 * @throws the reason of the interrupt, once everything has been stopped
 */
export async function watchAndRun(
  places: readonly string[],
  around: Around,
  runOnce: RunOnce,
): Promise<ExitCode> {
  await inSession({ ...around, isLong: true }, (session) => rounds(places, session, runOnce));
  reportWatchEnded(getLocale());
  return exitCodes.ok;
}

type RunOnce = (round: Session) => Promise<void>;

async function rounds(
  places: readonly string[],
  session: Session,
  runOnce: RunOnce,
): Promise<void> {
  let round = new AbortController();
  const asked = { toEnd: false };
  const ownBuilds = new OwnBuilds();
  const again = (): void => round.abort(superseded());
  const saved = (files: readonly string[]): void => {
    ownBuilds.changed(files);
    again();
  };
  const unwatch: (() => void)[] = [];
  for (const place of places) unwatch.push(await watchSources(path.resolve(place), saved));
  const forgetKeys = listenToKeys((key) => {
    asked.toEnd ||= key === 'q';
    // Who asks for it has it all made anew.
    if (key === '\r') ownBuilds.forget();
    if (key === 'q' || key === '\r') again();
  });
  try {
    while (!asked.toEnd && !session.signal.aborted) {
      round = new AbortController();
      const signal = AbortSignal.any([session.signal, round.signal]);
      reportRound(new Date());
      await told(runOnce({ ...session, signal, ownBuilds }), signal);
      if (!signal.aborted) {
        reportWatching(getLocale(), places.join(', '));
        await aborted(signal);
      }
    }
  } finally {
    for (const one of unwatch) one();
    forgetKeys();
  }
  session.signal.throwIfAborted();
}

/** A run that could not even begin is told, and waits for the next save. */
async function told(run: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (!signal.aborted) reportFault(getLocale(), error, []);
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
