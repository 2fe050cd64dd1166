import type { Connection } from './http1/connection.js';
import { LocalLimit } from './local-limit.js';

/** Connecting at once: below the accept backlog of any server (511 in Node). */
export const connectingAtOnce = 100;

/** Opens connections ahead, a few at a time. */
export class Opening {
  readonly done: Promise<void>;
  /** The code of a limit of this machine that was met on the way. */
  limitedBy: string | undefined;
  readonly #users: readonly Connection[];
  readonly #waiting = new Set<Connection>();
  #next = 0;
  #resolve!: () => void;

  constructor(users: readonly Connection[]) {
    this.#users = users;
    this.done = new Promise((resolve) => (this.#resolve = resolve));
    this.#goOn();
  }

  /** One is open now, or can't be opened; its own request will then try again. */
  settled(connection: Connection, code: string | undefined): void {
    if (code !== undefined && LocalLimit.codes.has(code)) this.limitedBy ??= code;
    if (this.#waiting.delete(connection)) this.#goOn();
  }

  #goOn(): void {
    const { length } = this.#users;
    if (this.limitedBy !== undefined) this.#next = length;
    while (this.#waiting.size < connectingAtOnce && this.#next < length) {
      const user = this.#users[this.#next] as Connection;
      this.#next += 1;
      if (user.isOpen) continue;
      this.#waiting.add(user);
      user.connect(performance.now());
    }
    if (this.#waiting.size === 0) this.#resolve();
  }
}
