import type { Reply } from '../../kit/node/serve.js';
import type { Outcome } from './dependency.js';

/** What the client hears of a call. */
export function answerTo(id: string, outcome: Outcome): Reply {
  switch (outcome.kind) {
    case 'live':
      return { status: 200, body: { id, price: outcome.price, source: 'live' } };
    case 'unknown':
      return { status: 404, body: { error: `there is no ${id}` } };
    case 'failed':
      return { status: 502, body: { error: 'the service behind failed' } };
    case 'timed-out':
      return { status: 504, body: { error: 'the service behind took too long' } };
  }
}

/** Nobody was asked. */
export function rejected(waitMs: number): Reply {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return {
    status: 503,
    body: { error: 'the service behind is left alone for a while' },
    headers: { 'retry-after': String(seconds) },
  };
}

/** Better than nothing, and not to be taken for today's price. */
export const fallback = (id: string, price: number | null): Reply => ({
  status: 200,
  body: { id, price, source: 'fallback' },
});
