import { isSessionLost } from '../../kit/node/lost-session.js';
import { Conflict } from '../../kit/node/retry.js';

/**
 * Marks what a transfer may be run again for, beside the two that PostgreSQL itself asks to retry:
 * somebody recorded the same id first (23505), and a connection that broke. After the latter nobody
 * knows whether COMMIT went through. A transfer that is recorded in its own transaction finds out by
 * running again: its id is there, or nothing of it is. Without a transaction that is a lie.
 */
export async function runningAgain<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (!(error instanceof Error) || !mayRunAgain(error)) throw error;
    throw new Conflict(error.message, { cause: error });
  }
}

const mayRunAgain = (error: Error): boolean =>
  isSessionLost(error) || ('code' in error && error.code === '23505');
