import { steady } from '../../../src/kata/index.js';
import { lasts, longerMs, patienceMs, quietRate, routes, type Route } from '../contract.js';
import type { Asking } from './clients.js';
import { Stand, type Load, type Surroundings } from './stand.js';

/**
 * Requests a second, of recommendations, of who hangs up soon: so many in the trouble that most of the
 * places that are taken then are theirs, also of those that are taken a second time. Before its end the
 * last of them has hung up.
 */
const hasty = 90;
const hastyForMs = 1_300;
const hastyMs = 150;

/** Recommendations hang; what is asked is as ever. Clients wait a little longer than they say. */
export async function playHang(around: Surroundings): Promise<void> {
  const { limits } = around;
  const { quiet, trouble, after } = lasts.hang;
  const { timeoutMs } = limits;
  const stand = await Stand.open(around, 'hang');
  const forMs = quiet + trouble + after;
  const asked = routes.map((route): Load => ({
    route,
    profile: [steady(quietRate(route, limits), forMs)],
    asking: (n) => givenTime(route, n, timeoutMs),
    hangsUpAfterMs: timeoutMs + (route === 'checkout' ? 0 : longerMs) + patienceMs,
  }));
  const hangUp: Load = {
    ...{ route: 'recommendations', profile: [steady(0, quiet), steady(hasty, hastyForMs)] },
    asking: () => ({ sort: 'hasty' }),
    hangsUpAfterMs: hastyMs,
  };
  await stand.play(forMs, [...asked, hangUp], () => happen(stand, quiet, quiet + trouble));
  await stand.close();
}

/** Half of them say how long they wait, which is less than usual; of recommendations, some wait longer. */
function givenTime(route: Route, n: number, timeoutMs: number): Pick<Asking, 'withinMs'> {
  if (route === 'recommendations' && n % 6 === 5) return { withinMs: timeoutMs + longerMs };
  return n % 2 === 0 ? {} : { withinMs: timeoutMs - 100 };
}

async function happen(stand: Stand, from: number, until: number): Promise<void> {
  stand.become('quiet');
  await stand.until(from);
  stand.pool.hang('recommendations');
  stand.become('trouble');
  await stand.until(until);
  stand.pool.heal('recommendations');
  stand.become('after');
}
