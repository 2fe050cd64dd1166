import { setTimeout as sleep } from 'node:timers/promises';

/** Ends the experiment and nothing more: why is in the history already. */
export class EndedEarly extends Error {}

/** What an experiment has begun may take so long to notice that it is over. */
const noticedWithinMs = 2_000;

/** How an experiment ends before its time: whatever it waits for, nobody waits for any more. */
export class Ending {
  readonly #early = new AbortController();
  /** Aborted on Ctrl-C, and when the experiment is ended early. */
  readonly signal: AbortSignal;

  constructor(interrupted: AbortSignal) {
    this.signal = AbortSignal.any([interrupted, this.#early.signal]);
  }

  end(): void {
    this.#early.abort(new EndedEarly());
  }

  /** @returns whether it came to its end · @throws what it throws */
  async during(experiment: () => Promise<void>): Promise<boolean> {
    const early = this.#early.signal;
    const ended = new Promise<false>((resolve) => {
      early.addEventListener('abort', () => resolve(false), { once: true });
    });
    const played = experiment().then(
      () => !early.aborted,
      (error: unknown) => {
        if (early.aborted || error instanceof EndedEarly) return false;
        throw error;
      },
    );
    const isComplete = await Promise.race([played, ended]);
    if (!isComplete) {
      const settled = played.catch(() => undefined);
      await Promise.race([settled, sleep(noticedWithinMs, undefined, { ref: false })]);
    }
    return isComplete;
  }
}
