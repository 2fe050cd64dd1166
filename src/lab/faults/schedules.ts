import type {
  ScheduledFault,
  ScheduleEndedNote,
  ScheduleNote,
  ScheduleStepNote,
} from '../../kata/faults.js';
import type { Recorder } from '../../history/recorder.js';

/** Carries out the schedules of a case, one after the other. */
export class Schedules {
  readonly #recorder: Recorder;
  #running: Running | undefined;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** To be called for every request of a load; undefined while nothing is scheduled. */
  get onRequest(): (() => void) | undefined {
    const running = this.#running;
    return running && (() => running.requestSent());
  }

  /** @throws what the load or a step throws, once both are over */
  async during<T>(plan: readonly ScheduledFault[], load: () => Promise<T>): Promise<T> {
    if (this.#running) throw new Error('a schedule is running already');
    const running = new Running(plan, this.#recorder);
    this.#running = running;
    try {
      return await load();
    } finally {
      this.#running = undefined;
      await running.end();
    }
  }
}

class Running {
  readonly #plan: readonly ScheduledFault[];
  readonly #recorder: Recorder;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #acts = new Map<number, Promise<unknown>>();
  #requests = 0;

  constructor(plan: readonly ScheduledFault[], recorder: Recorder) {
    this.#plan = plan;
    this.#recorder = recorder;
    recorder.note('schedule', {
      steps: plan.map(({ what, afterMs, atRequest }) => ({
        what,
        ...(afterMs !== undefined && { afterMs }),
        ...(atRequest !== undefined && { atRequest }),
      })),
    } satisfies ScheduleNote);
    this.#timers = plan.flatMap(({ afterMs }, step) =>
      afterMs === undefined ? [] : [setTimeout(() => this.#carryOut(step), afterMs)],
    );
  }

  requestSent(): void {
    this.#requests += 1;
    this.#plan.forEach(({ atRequest }, step) => {
      if (atRequest === this.#requests) this.#carryOut(step);
    });
  }

  async end(): Promise<void> {
    this.#timers.forEach(clearTimeout);
    const left = this.#plan.map((_, step) => step).filter((step) => !this.#acts.has(step));
    const carriedOut = this.#acts.size;
    this.#recorder.note('schedule-ended', { carriedOut, left } satisfies ScheduleEndedNote);
    await Promise.all(this.#acts.values());
  }

  #carryOut(step: number): void {
    const scheduled = this.#plan[step];
    if (!scheduled) return;
    const { what, act } = scheduled;
    this.#recorder.note('schedule-step', { step, what } satisfies ScheduleStepNote);
    const done = Promise.resolve().then(act);
    // Told when the load is over.
    done.catch(() => undefined);
    this.#acts.set(step, done);
  }
}
