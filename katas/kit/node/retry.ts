import { setTimeout as sleep } from 'node:timers/promises';

const baseMs = 2;
const capMs = 50;

/** 40001 serialization failure, 40P01 deadlock: PostgreSQL docs 13.5, "retry the transaction". */
const transient = new Set(['40001', '40P01']);

/** Thrown by a strategy that found out by itself that another transaction was first. */
export class Conflict extends Error {}

export class GaveUp extends Error {
  constructor(
    readonly retries: number,
    cause: unknown,
  ) {
    super(`gave up after ${retries} retries`, { cause });
  }
}

/**
 * Runs a complete transaction again, its deciding logic included, for as long as it loses to others.
 * @param retries how often after the first attempt
 * @throws GaveUp once they are used up; any other error as it is
 */
export async function withRetries<T>(
  retries: number,
  transaction: () => Promise<T>,
): Promise<{ result: T; retries: number }> {
  for (let attempt = 0; ; attempt++) {
    try {
      return { result: await transaction(), retries: attempt };
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (attempt === retries) throw new GaveUp(retries, error);
      await sleep(backoffMs(attempt));
    }
  }
}

/**
 * Exponential backoff with full jitter: uniform in [0, min(cap, base·2^attempt)). Whoever lost
 * together does not come back together.
 * @param attempt counted from 0
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(capMs, baseMs * 2 ** attempt);
}

function isTransient(error: unknown): boolean {
  if (error instanceof Conflict) return true;
  return error instanceof Error && 'code' in error && transient.has(String(error.code));
}
