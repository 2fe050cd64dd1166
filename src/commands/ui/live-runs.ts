import { LiveRun } from './live-run.js';

/** So many that are over can still be looked at where they ran. */
const mostKept = 20;

/** What was started from the page. One at a time: two would take the machine from each other. */
export class LiveRuns {
  readonly #root: string;
  readonly #runs: LiveRun[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  get running(): LiveRun | undefined {
    return this.#runs.find(({ isRunning }) => isRunning);
  }

  find(id: string): LiveRun | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  start(kata: string, words: readonly string[], locale: string): LiveRun {
    const run = new LiveRun(kata, words, { root: this.#root, locale });
    this.#runs.push(run);
    if (this.#runs.length > mostKept) this.#runs.shift();
    return run;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.stop()));
  }
}
