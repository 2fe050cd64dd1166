import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from '../../base/errors.js';
import { awayMs } from '../../history/own-clock.js';
import { keptWaitingMs, ownWaitingMs } from './kept-waiting.js';
import type { Exit, RunningProgram, UnhealthyReason } from './types.js';

interface Waiting {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How long one question may stay without an answer, milliseconds. */
const pollTimeoutMs = 1_000;
/** Between questions; it grows so that a slow start is not slowed further. */
const shortestPauseMs = 10;
const longestPauseMs = 100;

/** A busy machine may prolong the limit so far: to so many times what it was. */
const mostTimes = 3;

/** Less than so much more is no time for an answer, milliseconds. */
const leastMoreMs = 100;

/** Why the program is not healthy, without its log; undefined once it is. */
export type Unhealthy = Omit<UnhealthyReason, 'logTail'>;

/**
 * Asks GET /health until the answer is 200, the program ends or the time is over. What the machine kept
 * it waiting for a processor is not its own.
 * @throws the signal's reason
 */
export async function waitUntilHealthy(
  { url, exited, pid }: RunningProgram,
  { timeoutMs, signal }: Waiting,
): Promise<Unhealthy | undefined> {
  const began = performance.now();
  const [awayBefore, waitingBefore] = [awayMs(), ownWaitingMs()];
  const keptMs = (): number => Math.max(keptWaitingMs(pid), ownWaitingMs() - waitingBefore);
  let seen: Answered = {};
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    // While the lab itself was away, nobody asked.
    const ownMs = began + timeoutMs + awayMs() - awayBefore - performance.now();
    const leftMs = ownMs > 0 ? ownMs : ownMs + Math.min(keptMs(), (mostTimes - 1) * timeoutMs);
    const isOver = ownMs <= 0 && leftMs < leastMoreMs;
    if (isOver) return { ...neverHealthy(seen), waitedMs: sinceMs(began) };
    const answer = await Promise.race([ask(url, Math.min(pollTimeoutMs, leftMs), signal), exited]);
    signal.throwIfAborted();
    if (isExit(answer)) return { ...ended(answer), waitedMs: sinceMs(began) };
    if (answer.lastStatus === 200) return undefined;
    seen = answer;
    await Promise.race([pause(pauseMs, signal), exited]);
  }
}

type Answered = Pick<UnhealthyReason, 'lastStatus' | 'lastError'>;

async function ask(url: string, timeoutMs: number, signal: AbortSignal): Promise<Answered> {
  // Loaded while the program is starting, on the other core.
  const { request } = await import('undici');
  const limit = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    const { statusCode, body } = await request(`${url}/health`, {
      signal: AbortSignal.any([limit, signal]),
      // A connection of its own, so that a drain does not find it open.
      reset: true,
    });
    await body.dump();
    return { lastStatus: statusCode };
  } catch (error) {
    if (limit.aborted) return { lastError: `no answer within ${Math.round(timeoutMs)} ms` };
    return { lastError: errorMessage(error) };
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}

function isExit(value: Answered | Exit): value is Exit {
  return 'code' in value;
}

function ended({ code, signal }: Exit): Omit<Unhealthy, 'waitedMs'> {
  return { kind: 'exited', exitCode: code, exitSignal: signal };
}

function neverHealthy(seen: Answered): Omit<Unhealthy, 'waitedMs'> {
  return { kind: seen.lastStatus === undefined ? 'timeout' : 'status', ...seen };
}

function sinceMs(began: number): number {
  return Math.round(performance.now() - began);
}
