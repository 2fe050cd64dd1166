import { steady } from '../../../src/kata/index.js';
import { capacity, lasts, patienceMs, quietRate, times } from '../contract.js';
import { Stand, type Load, type Surroundings } from './stand.js';

/** So many checkouts come at the same moment: what is kept free for one of them is too little. */
const together = 2;

/** As many checkouts as ever; recommendations until both together are five times what can be done. */
export async function playOverload(around: Surroundings): Promise<void> {
  const { limits } = around;
  const { quiet, trouble, after } = lasts.overload;
  const stand = await Stand.open(around, 'overload');
  const forMs = quiet + trouble + after;
  const hangsUpAfterMs = limits.timeoutMs + patienceMs;
  const [checkouts, others] = [quietRate('checkout', limits), quietRate('recommendations', limits)];
  const high = times * capacity(limits) - checkouts;
  const pairs = Array.from({ length: together }, (): Load => {
    return { route: 'checkout', hangsUpAfterMs, profile: [steady(checkouts / together, forMs)] };
  });
  const flood: Load = {
    ...{ route: 'recommendations', hangsUpAfterMs },
    profile: [steady(others, quiet), steady(high, trouble), steady(others, after)],
  };
  await stand.play(forMs, [...pairs, flood], () =>
    Promise.all([
      stand.until(quiet).then(() => stand.note('trouble')),
      stand.until(quiet + trouble).then(() => stand.note('after')),
    ]),
  );
  await stand.close();
}
