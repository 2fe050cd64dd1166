import { crowd, freedMs, sight } from '../contract.js';
import { askForAll } from './ask.js';
import { Stand, type Surroundings } from './stand.js';

/** Until what is done counts as done on any machine, and well before the next job is. */
const settlesMs = 250;
/** What comes to nothing because this machine was late is tried again. */
const mostTries = 3;

/**
 * Two workers, and jobs that take their time, so that where each of them is is certain: one comes while
 * another is in hand; then, when both workers are busy, many more than may be held, at the same moment;
 * then one more, when a few are done and the queue is still longer than half.
 */
export async function seePlaces(around: Surroundings): Promise<void> {
  const stand = await Stand.open(around, 'places');
  let isOver = false;
  const play = async (): Promise<void> => {
    await oneBesideAnother(around, stand);
    const before = stand.dependency.calls;
    await stand.burst(sight.workers, 'hand');
    await stand.called(before + sight.workers);
    await stand.burst(crowd, 'crowd');
    await whenPlacesAreFree(around, stand, before);
  };
  const beat = async (): Promise<void> => {
    while (!isOver) await stand.pulse(sight.serviceMs);
  };
  // First: of a time without pulses nobody knows how late this machine was.
  await stand.oneByOne([around.producers.pulse('places')]);
  await Promise.all([
    beat(),
    play().finally(() => {
      isOver = true;
    }),
  ]);
  await stand.settled();
  await askForAll(around, stand, 'places');
  await stand.close();
}

/** Until both were accepted long enough before the first of them was done, for all that is late here. */
async function oneBesideAnother(around: Surroundings, stand: Stand): Promise<void> {
  const { limits, producers } = around;
  for (let tried = 0; tried < mostTries; tried += 1) {
    const [before, from] = [stand.dependency.calls, performance.now()];
    await stand.burst(1, 'pair');
    await stand.called(before + 1);
    await stand.burst(1, 'pair');
    const until = performance.now();
    await stand.called(before + 2);
    const pair = producers.idsOf('places').slice(-2);
    if (limits.way === 'http') await stand.oneByOne(pair.map((id) => producers.ask('places', id)));
    await pass(around, 'both are done', sight.serviceMs + settlesMs);
    const wantedMs = freedMs + 2 * producers.worstPulse(from, until);
    if (until - from + wantedMs < sight.serviceMs) return;
  }
}

/** Each worker has had two of them, and is at its third. */
async function whenPlacesAreFree(
  around: Surroundings,
  stand: Stand,
  before: number,
): Promise<void> {
  const { workers } = sight;
  for (let tried = 0; tried < mostTries; tried += 1) {
    await stand.called(before + (3 + tried) * workers);
    await pass(around, 'what is done is done', settlesMs);
    const from = performance.now() - 1_000;
    await stand.burst(1, 'late');
    const worst = around.producers.worstPulse(from, performance.now());
    if (freedMs + worst < settlesMs) return;
  }
}

function pass({ lab }: Surroundings, what: string, ms: number): Promise<unknown> {
  const until = performance.now() + ms;
  return lab.until(what, () => performance.now() >= until);
}
