import path from 'node:path';
import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { watchSources } from '../lab/implementation/index.js';
import type { RunContext } from '../lab/run/run.js';
import { shareServices } from '../services/index.js';
import { reportFault } from '../report/fault.js';
import { reportRound, reportWatchEnded, reportWatching } from '../report/watch.js';
import { interruptible } from './interrupt.js';
import { listenToKeys } from './keys.js';

/**
 * Runs an implementation now and again on every save, until q or Ctrl-C. A save in the middle of a
 * run ends that run: what it would say is about sources that are no more.
 * @param places as the learner wrote them
 * @param runOnce runs it, and tells what came of it unless the signal has been aborted
 * @throws the reason of the interrupt, once everything has been stopped
 */
export async function watchAndRun(
  places: readonly string[],
  runOnce: (signal: AbortSignal, services: RunContext['services']) => Promise<void>,
): Promise<ExitCode> {
  let round = new AbortController();
  const asked = { toEnd: false };
  const again = (): void => round.abort(superseded());
  const unwatch: (() => void)[] = [];
  for (const place of places) unwatch.push(await watchSources(path.resolve(place), again));
  const interrupt = interruptible();
  // A save does not stop what is about to start; only the end does.
  const kept = shareServices(interrupt.signal);
  const forgetKeys = listenToKeys((key) => {
    asked.toEnd ||= key === 'q';
    if (key === 'q' || key === '\r') again();
  });
  try {
    while (!asked.toEnd && !interrupt.signal.aborted) {
      round = new AbortController();
      const signal = AbortSignal.any([interrupt.signal, round.signal]);
      reportRound(new Date());
      await told(runOnce(signal, kept.start), signal);
      if (!signal.aborted) {
        reportWatching(places.join(', '));
        await aborted(signal);
      }
    }
  } finally {
    for (const one of unwatch) one();
    await kept.stop();
    forgetKeys();
    interrupt.release();
  }
  interrupt.signal.throwIfAborted();
  reportWatchEnded();
  return exitCodes.ok;
}

/** A run that could not even begin is told, and waits for the next save. */
async function told(run: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (!signal.aborted) reportFault(error, []);
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
