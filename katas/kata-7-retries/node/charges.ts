import { log } from '../../kit/node/log.js';

/**
 * What one attempt came to: charged; refused for good, so that another would be refused as well; or
 * neither, and another may go through.
 */
export type Outcome = 'charged' | 'refused' | 'failed';
export type Charge = (id: string) => Promise<Outcome>;

/** Well within the five seconds that a worker has from SIGTERM to its end. */
const answerWithinMs = 3_000;
/** These among the errors of a client ask for patience: too slow, too early, too many. */
const worthAnother = [408, 425, 429];

export const chargesAt =
  (upstream: string): Charge =>
  async (id) => {
    try {
      const response = await fetch(`${upstream}/charges`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id }),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      // Unread, the answer would keep the connection.
      await response.arrayBuffer();
      return outcomeOf(response.status);
    } catch (error) {
      // Also after a time-out nobody knows whether it was charged. It is the id that makes another
      // attempt safe: the service must know it again.
      log('the charge of', id, 'did not come through:', error);
      return 'failed';
    }
  };

function outcomeOf(status: number): Outcome {
  if (status === 201) return 'charged';
  const isRefusal = status >= 400 && status < 500 && !worthAnother.includes(status);
  return isRefusal ? 'refused' : 'failed';
}
