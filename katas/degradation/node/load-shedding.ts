import type { Guard } from './guards.js';
import type { Route } from './services.js';

/** Bounds what is under way in all; what matters less is refused first. */
export function loadShedding(most: Readonly<Record<Route, number>>): Guard {
  let underWay = 0;
  return ({ route }) => {
    if (underWay >= most[route]) return { refused: 'anybody', waitMs: 0 };
    underWay += 1;
    return { leave: () => (underWay -= 1) };
  };
}
