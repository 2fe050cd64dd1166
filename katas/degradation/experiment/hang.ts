import { steady } from '../../../src/kata/index.js';
import { lasts, patienceMs, quietRate, routes } from '../contract.js';
import { Stand, type Surroundings } from './stand.js';

/** Recommendations hang; what is asked is as ever. Clients wait a little longer than they say. */
export async function playHang(around: Surroundings): Promise<void> {
  const { limits } = around;
  const { quiet, trouble, after } = lasts.hang;
  const stand = await Stand.open(around, 'hang');
  const forMs = quiet + trouble + after;
  stand.begin();
  stand.become('quiet');
  const asked = routes.map((route) =>
    stand.ask({
      route,
      profile: [steady(quietRate(route, limits), forMs)],
      // Half of them say how long they wait, which is less than usual.
      asking: (n) => (n % 2 === 0 ? {} : { withinMs: limits.timeoutMs - 100 }),
      hangsUpAfterMs: limits.timeoutMs + patienceMs,
    }),
  );
  await Promise.all([...asked, stand.pulse(forMs), happen(stand, quiet, quiet + trouble)]);
  await stand.close();
}

async function happen(stand: Stand, from: number, until: number): Promise<void> {
  await stand.until(from);
  stand.pool.hang('recommendations');
  stand.become('trouble');
  await stand.until(until);
  stand.pool.heal('recommendations');
  stand.become('after');
}
