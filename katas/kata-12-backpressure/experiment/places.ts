import { mostHeld, sight, limitsIn } from '../contract.js';
import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Until what is done counts as done on any machine, and well before the next job is. */
const settlesMs = 250;

/**
 * Two workers, and jobs that take their time, so that where each of them is is certain: one comes while
 * another is in hand; then three times as many as may be held, at the same moment; then one more, when a
 * few are done and the queue is still longer than half.
 */
export async function seePlaces(around: Surroundings): Promise<void> {
  const { lab, limits, producers } = around;
  const { workers, serviceMs } = sight;
  const stand = await Stand.open(around, 'places');
  const wait = (what: string, ms: number): Promise<unknown> => {
    const until = performance.now() + ms;
    return lab.until(what, () => performance.now() >= until);
  };
  const play = async (): Promise<void> => {
    await stand.burst(1);
    await stand.called(1);
    await stand.burst(1);
    await stand.called(2);
    if (limits.way === 'http')
      await stand.oneByOne(producers.idsOf('places').map((id) => producers.ask('places', id)));
    await wait('both are done', serviceMs + settlesMs);
    const before = stand.dependency.calls;
    await stand.burst(3 * mostHeld(limitsIn('places', limits)));
    // Each worker has had two, and is at its third.
    await stand.called(before + 3 * workers);
    await wait('what is done is done', settlesMs);
    await stand.burst(1);
  };
  await Promise.all([play(), stand.pulse(6 * serviceMs + limits.waitMs)]);
  await stand.settled();
  await askForAll(around, stand, 'places');
  await stand.close();
}
