import { manyShort, shortRate, shortSeconds } from '../contract.js';
import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Many jobs in a few seconds: what adds up with each of them adds up, and what is forgotten is asked for. */
export async function hurry(around: Surroundings): Promise<void> {
  const { limits, producers } = around;
  const { least, most } = shortSeconds;
  const areMany = (): boolean => producers.acceptedIn('short') >= manyShort;
  const stand = await Stand.open(around, 'short');
  for (let n = 0; n < least || (n < most && !areMany()); n += 1)
    await stand.send(shortRate(limits), 1_000);
  await stand.settled();
  await askForAll(around, stand, 'short');
  await stand.close();
}
