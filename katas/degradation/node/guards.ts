import type { Route } from './services.js';

/** What wants to go through. */
export interface Asking {
  readonly route: Route;
  readonly client: string;
}

/** May pass: `leave` is to be called once it is over, however it ends. Or may not. */
export type Admission =
  | { readonly leave: () => void }
  | { readonly refused: 'client' | 'anybody'; readonly waitMs: number };

export type Guard = (asking: Asking) => Admission;

const nothing = { leave: () => undefined };

/** A token bucket for each client: its burst at once, its rate over time. */
export function rateLimit(perSecond: number, burst: number): Guard {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ client }) => {
    const now = performance.now();
    const bucket = buckets.get(client) ?? { tokens: burst, at: now };
    buckets.set(client, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1)
      return { refused: 'client', waitMs: ((1 - bucket.tokens) * 1000) / perSecond };
    bucket.tokens -= 1;
    return nothing;
  };
}

/** Places of its own for each service: one that hangs takes no more than its own. */
export function bulkheads(places: Readonly<Record<Route, number>>): Guard {
  const taken: Record<Route, number> = { checkout: 0, recommendations: 0 };
  return ({ route }) => {
    if (taken[route] >= places[route]) return { refused: 'anybody', waitMs: 0 };
    taken[route] += 1;
    return { leave: () => (taken[route] -= 1) };
  };
}

/** Bounds what is under way in all; what matters less is refused first. */
export function loadShedding(most: Readonly<Record<Route, number>>): Guard {
  let underWay = 0;
  return ({ route }) => {
    if (underWay >= most[route]) return { refused: 'anybody', waitMs: 0 };
    underWay += 1;
    return { leave: () => (underWay -= 1) };
  };
}

/** All of them in turn; who is refused by one has left those before it. */
export function allOf(...guards: readonly Guard[]): Guard {
  return (asking) => {
    const leaves: (() => void)[] = [];
    const leave = (): void => leaves.forEach((one) => one());
    for (const guard of guards) {
      const admission = guard(asking);
      if ('refused' in admission) {
        leave();
        return admission;
      }
      leaves.push(admission.leave);
    }
    return { leave };
  };
}
