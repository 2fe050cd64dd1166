import { log } from '../../kit/node/log.js';
import type { Deadline } from './timeouts.js';

export const routes = ['checkout', 'recommendations'] as const;
export type Route = (typeof routes)[number];

export type Outcome =
  | { readonly kind: 'answered'; readonly value: number }
  | { readonly kind: 'failed' }
  | { readonly kind: 'out-of-time' };

/** @param deadline handed on, and waited for no longer; without it, as long as it takes */
export type Call = (id: string, deadline?: Deadline) => Promise<Outcome>;

/** @param at such as `http://127.0.0.1:8080` */
export const serviceAt =
  (at: string, route: Route): Call =>
  async (id, deadline) => {
    const leftMs = deadline?.leftMs;
    if (leftMs === 0) return { kind: 'out-of-time' };
    const signal = leftMs === undefined ? undefined : AbortSignal.timeout(leftMs);
    const bounded = leftMs === undefined ? {} : { headers: { 'x-timeout-ms': String(leftMs) } };
    try {
      const url = `${at}/${route}/${encodeURIComponent(id)}`;
      const response = await fetch(url, { ...bounded, ...(signal && { signal }) });
      // Unread, the answer would keep the connection.
      const text = await response.text();
      if (response.status === 504) return { kind: 'out-of-time' };
      if (response.status !== 200) return { kind: 'failed' };
      const { value } = JSON.parse(text) as { value: number };
      return { kind: 'answered', value };
    } catch (error) {
      if (signal?.aborted) return { kind: 'out-of-time' };
      log('the call for', id, 'did not come through:', error);
      return { kind: 'failed' };
    }
  };
