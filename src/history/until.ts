import { setTimeout as sleep } from 'node:timers/promises';
import type { Condition } from '../kata/lab.js';
import type { Recorder } from './recorder.js';

const defaultLimitMs = 10_000;
const longestPauseMs = 20;

export interface Patience {
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/**
 * Asks until the condition gives something. At the limit, also of a condition that hangs, undefined
 * and a note.
 * @throws what the condition throws · the reason of the signal
 */
export async function until<T>(
  { recorder, signal }: Patience,
  what: string,
  condition: () => Condition<T> | Promise<Condition<T>>,
  limitMs = defaultLimitMs,
): Promise<T | undefined> {
  signal.throwIfAborted();
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  const limit = sleep(limitMs, undefined, { signal: ended }).catch(() => undefined);
  try {
    const found = await Promise.race([askUntil(condition, ended), limit]);
    signal.throwIfAborted();
    if (found !== undefined) return found;
    recorder.note('awaited-in-vain', { what, limitMs });
    return undefined;
  } finally {
    over.abort();
  }
}

async function askUntil<T>(
  condition: () => Condition<T> | Promise<Condition<T>>,
  ended: AbortSignal,
): Promise<T | undefined> {
  for (let pauseMs = 1; !ended.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const found = await condition();
    if (found !== undefined && found !== false) return found;
    await sleep(pauseMs, undefined, { signal: ended }).catch(() => undefined);
  }
  return undefined;
}
