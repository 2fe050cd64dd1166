// A beat for the pulses, and no wait for anything.
// eslint-disable-next-line no-restricted-imports
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab, OutgoingMessage, WorkQueue } from '../../../src/kata/index.js';
import { failed, longestMs, pulseEveryMs, work, type Limits } from '../contract.js';
import type { EndNote } from '../notes.js';
import type { Scene } from './scene.js';

const tickMs = 10;
/** So long beyond the longest wait: nobody is on the way any more. */
const quietMs = 1_500;
/** Not even a pulse: the program is stuck, or dead. */
const deadMs = 8_000;
const longestRunMs = 60_000;
const freshBehindEach = 2;
const warmAttempts = 3;
/** A machine that is busy all the time has to do. */
const calmWithinMs = 1_500;
/** The stream is shared out among so many pulses, so that it keeps nobody from coming back. */
const streamPulses = 20;
/** So many at a pulse, while those are quick; or else one, so that they come all the same. */
const doomedAtOnce = 5;

/**
 * All groups in one go. Behind those that always fail come others that must overtake them, and
 * behind each one's longest wait some with a short wait ahead of them. Once the worker has warmed up
 * comes an outage. And all along, a stream that fails by chance, others that always fail where waits
 * are drawn, and a pulse.
 */
export async function play(
  lab: Lab,
  queue: WorkQueue,
  scene: Scene,
  limits: Limits,
): Promise<void> {
  const publishing: Promise<unknown>[] = [];
  const publish = (messages: readonly OutgoingMessage[]): void => {
    if (messages.length > 0) publishing.push(queue.publish(work, messages));
  };
  const hopeless = scene.hopeless();
  const stream = scene.stream();
  const outage = scene.outage();
  const doomed = scene.doomed();
  const share = Math.ceil(stream.length / streamPulses);
  const first = [...hopeless, ...scene.good()];
  scene.begin();
  lab.note('pulse-begins', {});
  const begun = performance.now();

  const notFollowed = new Set(hopeless);
  let [pulses, fresh] = [0, 0];
  let why: EndNote['why'] | undefined;
  while (why === undefined) {
    lab.signal.throwIfAborted();
    const now = performance.now() - begun;
    for (; pulses * pulseEveryMs <= now; pulses += 1)
      publish([
        scene.pulse(pulses, begun + pulses * pulseEveryMs),
        ...stream.splice(0, first.length === 0 ? share : 0),
        ...doomed.splice(0, first.length > 0 ? 0 : scene.isQuick ? doomedAtOnce : 1),
      ]);
    if (scene.isCalm || now > calmWithinMs) publish(first.splice(0));
    if (hopeless.some((one) => scene.attemptsOf(one) >= warmAttempts)) publish(outage.splice(0));
    for (const one of [...notFollowed]) {
      if (scene.attemptsOf(one) < limits.attempts - 1) continue;
      notFollowed.delete(one);
      publish(Array.from({ length: freshBehindEach }, () => scene.fresh((fresh += 1))));
    }
    why = await ending(queue, scene, { limits, now });
    await sleep(tickMs, undefined, { signal: lab.signal });
  }
  await Promise.all(publishing);
  lab.note('end', { why } satisfies EndNote);
}

async function ending(
  queue: WorkQueue,
  scene: Scene,
  { limits, now }: { readonly limits: Limits; readonly now: number },
): Promise<EndNote['why'] | undefined> {
  if (scene.isOver && (await queue.waiting(failed)) >= scene.givenUp) return 'over';
  if (scene.goesOnForEver) return 'for-ever';
  const { pulses, ms } = scene.quiet;
  const enoughMs = longestMs(limits) + quietMs;
  // Many pulses may come at once, after they have had to wait.
  if (ms > deadMs || (ms > enoughMs && pulses * pulseEveryMs > enoughMs)) return 'quiet';
  return now > longestRunMs ? 'limit' : undefined;
}
