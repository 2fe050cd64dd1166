import { fullMs, limitsIn, manyShort, noticedMs, shortRate, shortSeconds } from '../contract.js';
import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Jobs that were done a while ago, asked for in a second; none of them is told to wait any more. */
const lookedAfter = 12;
const lookedAfterMs = 150;

/** Many jobs in a few seconds: what adds up with each of them adds up, and what is forgotten is asked for. */
export async function hurry(around: Surroundings): Promise<void> {
  const { limits, producers } = around;
  const { least, most } = shortSeconds;
  const areMany = (): boolean => producers.acceptedIn('short') >= manyShort;
  const isDoneMs = noticedMs + fullMs(limitsIn('short', limits)) + lookedAfterMs;
  const stand = await Stand.open(around, 'short');
  for (let n = 0; n < least || (n < most && !areMany()); n += 1)
    await Promise.all([
      stand.send(shortRate(limits), 1_000),
      stand.pulse(1_000),
      stand.lookAfter(lookedAfter, 1_000, isDoneMs),
    ]);
  await stand.settled();
  await askForAll(around, stand, 'short');
  await stand.close();
}
