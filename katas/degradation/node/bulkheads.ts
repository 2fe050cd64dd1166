import type { Guard } from './guards.js';
import type { Route } from './services.js';

/** Places of its own for each service: one that hangs takes no more than its own. */
export function bulkheads(places: Readonly<Record<Route, number>>): Guard {
  const taken: Record<Route, number> = { checkout: 0, recommendations: 0 };
  return ({ route }) => {
    if (taken[route] >= places[route]) return { refused: 'anybody', waitMs: 0 };
    taken[route] += 1;
    return { leave: () => (taken[route] -= 1) };
  };
}
