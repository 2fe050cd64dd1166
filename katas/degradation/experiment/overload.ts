import { steady } from '../../../src/kata/index.js';
import { capacity, lasts, patienceMs, quietRate, times } from '../contract.js';
import { Stand, type Load, type Surroundings } from './stand.js';

/**
 * So many checkouts come at the same moment: what is kept free for one of them is too little. Those
 * before them are over by then, so that no luck makes room for the second.
 */
const together = 3;

/** As many checkouts as ever; recommendations until both together are five times what can be done. */
export async function playOverload(around: Surroundings): Promise<void> {
  const { limits } = around;
  const { quiet, trouble, after } = lasts.overload;
  const stand = await Stand.open(around, 'overload');
  const forMs = quiet + trouble + after;
  const hangsUpAfterMs = limits.timeoutMs + patienceMs;
  const [checkouts, others] = [quietRate('checkout', limits), quietRate('recommendations', limits)];
  const high = times * capacity(limits) - checkouts;
  // The n-th of each are for the same checkout, by clients of their own.
  const alike = Array.from({ length: together }, (): Load => {
    return {
      ...{ route: 'checkout', hangsUpAfterMs, profile: [steady(checkouts / together, forMs)] },
      asking: (n) => ({ id: `overload-alike-${n}` }),
    };
  });
  const flood: Load = {
    ...{ route: 'recommendations', hangsUpAfterMs },
    profile: [steady(others, quiet), steady(high, trouble), steady(others, after)],
  };
  await stand.play(forMs, [...alike, flood], () =>
    Promise.all([
      stand.until(quiet).then(() => stand.note('trouble')),
      stand.until(quiet + trouble).then(() => stand.note('after')),
    ]),
  );
  await stand.close();
}
