/** Of each client: so many at once, and so many a second. */
export interface ClientLimit {
  readonly burst: number;
  readonly rate: number;
}

/** When a request was sent and answered, microseconds; a limit decided somewhere in between. */
export interface Decided {
  readonly start: number;
  readonly end: number;
}

/** How many may pass in so long. */
export const allowedIn = (ms: number, { burst, rate }: ClientLimit): number =>
  burst + (rate * ms) / 1000;

export interface Window<T> {
  readonly count: number;
  readonly ms: number;
  readonly first: T;
  readonly last: T;
}

/** One more: clocks are read in whole milliseconds. */
const slack = 1;

/**
 * Of all windows from a sending to an answer, the one that is furthest over what is allowed. Whoever
 * decided did so between the sending and the answer: so long a window may have been.
 * @param admitted those that were let through, of one client
 */
export function worstWindow<T extends Decided>(
  admitted: readonly T[],
  limit: ClientLimit,
): Window<T> | undefined {
  const byEnd = [...admitted].sort((a, b) => a.end - b.end);
  let worst: (Window<T> & { readonly over: number }) | undefined;
  for (const first of admitted) {
    let count = 0;
    for (const last of byEnd) {
      if (last.start < first.start) continue;
      count += 1;
      const ms = (last.end - first.start) / 1000;
      const over = count - allowedIn(ms, limit) - slack;
      if (over > 0 && over > (worst?.over ?? 0)) worst = { count, ms, first, last, over };
    }
  }
  return worst;
}

/**
 * However the decisions fell within their time, the bucket had one left for this request. Those that
 * were sent before it was answered may have been decided before it, in whatever order.
 * @param taken of the client's others, when each was decided at the latest, microseconds
 */
export function mustPass(
  one: Pick<Decided, 'start'>,
  taken: readonly number[],
  limit: ClientLimit,
): boolean {
  return [...taken]
    .sort((a, b) => a - b)
    .every((at, n) => {
      const ms = Math.max(0, (one.start - at) / 1000);
      return taken.length - n + 1 <= allowedIn(ms, limit);
    });
}

/** What a true Retry-After says at most, seconds: rounded up, and a second more. */
export const longestSeconds = ({ rate }: ClientLimit): number => Math.ceil(1 / rate) + 1;
