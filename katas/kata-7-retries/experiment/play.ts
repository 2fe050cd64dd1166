// A beat for the pulses, and a pause that is the experiment itself.
// eslint-disable-next-line no-restricted-imports
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab, OutgoingMessage, WorkQueue } from '../../../src/kata/index.js';
import { failed, longestMs, pulseEveryMs, work, type Limits } from '../contract.js';
import type { EndNote, WaveNote } from '../notes.js';
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
/** What expires because nobody uses it has expired by then. */
const idleMs = 2_000;

/** What the acts have in common: one clock for the pulses, and how it ended. */
export class Play {
  readonly #lab: Lab;
  readonly #queue: WorkQueue;
  readonly #scene: Scene;
  readonly #limits: Limits;
  readonly #publishing: Promise<unknown>[] = [];
  readonly #begun = performance.now();

  constructor(lab: Lab, queue: WorkQueue, scene: Scene, limits: Limits) {
    this.#lab = lab;
    this.#queue = queue;
    this.#scene = scene;
    this.#limits = limits;
    scene.begin();
    lab.note('pulse-begins', {});
  }

  /**
   * All groups in one go. Behind those that always fail come others that must overtake them, and
   * behind each one's longest wait some with a short wait ahead of them. Once the worker has warmed
   * up comes an outage. And all along, a stream that fails by chance, others that always fail where
   * waits are drawn, and a pulse.
   */
  async load(): Promise<EndNote['why']> {
    const scene = this.#scene;
    const hopeless = scene.hopeless();
    const stream = scene.stream();
    const outage = scene.outage();
    const doomed = scene.doomed();
    const share = Math.ceil(stream.length / streamPulses);
    const first = [...hopeless, ...scene.good()];
    const notFollowed = new Set(hopeless);
    let fresh = 0;
    return this.#beat({
      withPulse: () => [
        ...stream.splice(0, first.length === 0 ? share : 0),
        ...doomed.splice(0, first.length > 0 ? 0 : scene.isQuick ? doomedAtOnce : 1),
      ],
      then: (now) => {
        if (scene.isCalm || now > calmWithinMs) this.#publish(first.splice(0));
        if (hopeless.some((one) => scene.attemptsOf(one) >= warmAttempts))
          this.#publish(outage.splice(0));
        for (const one of [...notFollowed]) {
          if (scene.attemptsOf(one) < this.#limits.attempts - 1) continue;
          notFollowed.delete(one);
          this.#publish(Array.from({ length: freshBehindEach }, () => scene.fresh((fresh += 1))));
        }
      },
    });
  }

  /** A pause in which nothing is published, and then more at once than ever before. */
  async wave(): Promise<EndNote['why']> {
    await sleep(idleMs, undefined, { signal: this.#lab.signal });
    this.#scene.begin();
    this.#lab.note('wave', { idleMs } satisfies WaveNote);
    this.#publish(this.#scene.wave());
    return this.#beat({ withPulse: () => [], then: () => undefined });
  }

  #publish(messages: readonly OutgoingMessage[]): void {
    if (messages.length > 0) this.#publishing.push(this.#queue.publish(work, messages));
  }

  /** Until everybody is done or given up, or it is clear that it will not come to that. */
  async #beat({ withPulse, then }: Beat): Promise<EndNote['why']> {
    const from = performance.now();
    const since = (moment: number): number => performance.now() - moment;
    let pulses = Math.max(0, Math.ceil((since(this.#begun) - tickMs) / pulseEveryMs));
    let why: EndNote['why'] | undefined;
    while (why === undefined) {
      this.#lab.signal.throwIfAborted();
      const now = since(this.#begun);
      for (; pulses * pulseEveryMs <= now; pulses += 1)
        this.#publish([
          this.#scene.pulse(pulses, this.#begun + pulses * pulseEveryMs),
          ...withPulse(),
        ]);
      then(since(from));
      why = await this.#ending(since(from));
      await sleep(tickMs, undefined, { signal: this.#lab.signal });
    }
    await Promise.all(this.#publishing.splice(0));
    return why;
  }

  async #ending(now: number): Promise<EndNote['why'] | undefined> {
    const scene = this.#scene;
    if (scene.isOver && (await this.#queue.waiting(failed)) >= scene.givenUp) return 'over';
    if (scene.goesOnForEver) return 'for-ever';
    const { pulses, ms } = scene.quiet;
    const enoughMs = longestMs(this.#limits) + quietMs;
    // Many pulses may come at once, after they have had to wait.
    if (ms > deadMs || (ms > enoughMs && pulses * pulseEveryMs > enoughMs)) return 'quiet';
    return now > longestRunMs ? 'limit' : undefined;
  }
}

interface Beat {
  /** What is published along with each pulse. */
  readonly withPulse: () => readonly OutgoingMessage[];
  /** At each tick, with the milliseconds since the act began. */
  readonly then: (now: number) => void;
}
