import { longestRetry, limitsIn, type Scene } from '../contract.js';
import type { Returning } from '../notes.js';
import type { Refused } from './producers.js';
import { Stand, type Surroundings } from './stand.js';

/** In hand, waiting, refused; one more where the first had not been taken in hand yet. */
const mostSent = 6;

/** A client alone fills the one place that there is, is refused, and comes back when it was told to. */
export async function comeBack(around: Surroundings): Promise<void> {
  const { producers } = around;
  const stand = await Stand.open(around, 'retry-after');
  for (let sent = 0; sent < mostSent && !producers.refusedIn('retry-after'); sent += 1)
    await stand.oneByOne([producers.post('retry-after')]);
  const refused = producers.refusedIn('retry-after');
  if (refused) await comesBack(around, stand, 'retry-after', refused);
  await stand.settled();
  await stand.close();
}

/** Nobody waits longer than it takes to do all that can have been accepted. */
export async function comesBack(
  { lab, limits, producers }: Surroundings,
  stand: Stand,
  scene: Scene,
  { id, seconds, at }: Refused,
): Promise<void> {
  if (seconds > longestRetry(limitsIn(scene, limits))) return;
  const due = at + 1000 * seconds;
  await lab.until(
    'the client may come back',
    () => performance.now() >= due,
    1000 * (seconds + 10),
  );
  const again = producers.post(scene);
  const { id: next } = again.asked as { id: string };
  lab.note('returning', { refused: id, again: next, seconds } satisfies Returning);
  await stand.oneByOne([again]);
}
