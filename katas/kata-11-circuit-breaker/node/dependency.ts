import { log } from '../../kit/node/log.js';

/** What a call came to: a price; not known there, which is the client's mistake; or no good answer. */
export type Outcome =
  | { readonly kind: 'live'; readonly price: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'timed-out' };

/** @param withinMs waits no longer; without it, as long as it takes */
export type Ask = (id: string, withinMs?: number) => Promise<Outcome>;

/** @param at such as `http://127.0.0.1:8080/quotes` */
export const dependencyAt =
  (at: string): Ask =>
  async (id, withinMs) => {
    const signal = withinMs === undefined ? undefined : AbortSignal.timeout(withinMs);
    try {
      const url = `${at}/${encodeURIComponent(id)}`;
      const response = await fetch(url, signal ? { signal } : {});
      // Unread, the answer would keep the connection.
      const text = await response.text();
      if (response.status === 404) return { kind: 'unknown' };
      if (response.status !== 200) return { kind: 'failed' };
      const { price } = JSON.parse(text) as { price: number };
      return { kind: 'live', price };
    } catch (error) {
      if (signal?.aborted) return { kind: 'timed-out' };
      log('the call for', id, 'did not come through:', error);
      return { kind: 'failed' };
    }
  };

export const isFailure = ({ kind }: Outcome): boolean => kind === 'failed' || kind === 'timed-out';
