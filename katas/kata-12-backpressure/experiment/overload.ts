import {
  calmMs,
  overloadMs,
  overloadRate,
  policyOf,
  quietMs,
  quietRate,
  type Phase,
} from '../contract.js';
import type { PhaseNote } from '../notes.js';
import { askForAll } from './ask.js';
import { comesBack } from './retry.js';
import { Stand, type Surroundings } from './stand.js';

/** Half of what can be done, several times as many, and once that is worked off half again. */
export async function playOverload(around: Surroundings): Promise<void> {
  const { lab, limits, producers } = around;
  const stand = await Stand.open(around, 'overload');
  const enter = (phase: Phase | 'over'): void => lab.note('phase', { phase } satisfies PhaseNote);
  const calm = async (): Promise<void> => {
    const until = performance.now() + calmMs(limits);
    await lab.until('the queue is worked off', () => performance.now() >= until);
    enter('after');
    await stand.send(quietRate(limits), quietMs, 'after');
  };
  const play = async (): Promise<void> => {
    enter('before');
    await stand.send(quietRate(limits), quietMs, 'before');
    enter('overload');
    await stand.send(overloadRate(limits), overloadMs(limits), 'overload');
    enter('over');
    const refused = producers.refusedIn('overload');
    await Promise.all([calm(), refused && comesBack(around, stand, 'overload', refused)]);
  };
  await Promise.all([
    play(),
    stand.pulse(2 * quietMs + overloadMs(limits) + calmMs(limits) + limits.waitMs),
  ]);
  // What is left only has to be worked off.
  if (policyOf(lab.strategy, limits) === 'unbounded') lab.letNextBegin();
  await stand.settled();
  await askForAll(around, stand, 'overload');
  await stand.close();
}
