import { steady } from '../../../src/kata/index.js';
import { capacity, lasts, patienceMs, quietRate, times } from '../contract.js';
import { Stand, type Surroundings } from './stand.js';

/** Checkouts as ever; recommendations until both together are five times what can be done. */
export async function playOverload(around: Surroundings): Promise<void> {
  const { limits } = around;
  const { quiet, trouble, after } = lasts.overload;
  const stand = await Stand.open(around, 'overload');
  const forMs = quiet + trouble + after;
  const hangsUpAfterMs = limits.timeoutMs + patienceMs;
  const [checkouts, others] = [quietRate('checkout', limits), quietRate('recommendations', limits)];
  const high = times * capacity(limits) - checkouts;
  stand.begin();
  await Promise.all([
    stand.ask({ route: 'checkout', hangsUpAfterMs, profile: [steady(checkouts, forMs)] }),
    stand.ask({
      ...{ route: 'recommendations', hangsUpAfterMs },
      profile: [steady(others, quiet), steady(high, trouble), steady(others, after)],
    }),
    stand.pulse(forMs),
    stand.until(quiet).then(() => stand.note('trouble')),
    stand.until(quiet + trouble).then(() => stand.note('after')),
  ]);
  await stand.close();
}
