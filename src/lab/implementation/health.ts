import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Why the program is not healthy, without its log; undefined once it is. */
export type Unhealthy = Omit<UnhealthyReason, 'logTail'>;

/**
 * Asks GET /health until the answer is 200, the program ends or the time is over.
 * @throws the signal's reason
 */
export async function waitUntilHealthy(
  { url, exited }: RunningProgram,
  { timeoutMs, signal }: Waiting,
): Promise<Unhealthy | undefined> {
  const began = performance.now();
  let seen: Answered = {};
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const leftMs = began + timeoutMs - performance.now();
    if (leftMs <= 0) return { ...neverHealthy(seen), waitedMs: sinceMs(began) };
    const answer = await Promise.race([ask(url, Math.min(pollTimeoutMs, leftMs), signal), exited]);
    signal.throwIfAborted();
    if (isExit(answer)) return { ...ended(answer), waitedMs: sinceMs(began) };
    if (answer.lastStatus === 200) return undefined;
    seen = answer;
    await Promise.race([pause(pauseMs, signal), exited]);
  }
}

type Answered = Pick<UnhealthyReason, 'lastStatus' | 'lastError'>;

function ask(url: string, timeoutMs: number, signal: AbortSignal): Promise<Answered> {
  return new Promise((resolve) => {
    const asked = request(`${url}/health`, { agent: false, signal }, (response) => {
      clearTimeout(limit);
      response.destroy();
      resolve({ lastStatus: response.statusCode ?? 0 });
    });
    const limit = setTimeout(() => {
      asked.destroy(new Error(`no answer within ${Math.round(timeoutMs)} ms`));
    }, timeoutMs);
    asked.once('error', (error) => {
      clearTimeout(limit);
      resolve({ lastError: error.message });
    });
    asked.end();
  });
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
