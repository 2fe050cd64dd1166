import type { IncomingHttpHeaders } from 'node:http';

/** Until when somebody waits. Handed on as what is left: clocks differ. */
export class Deadline {
  readonly #at: number;

  constructor(ms: number) {
    this.#at = performance.now() + ms;
  }

  /** Whole milliseconds; never below 0. */
  get leftMs(): number {
    return Math.max(0, Math.floor(this.#at - performance.now()));
  }
}

/** What the client says, or the usual time. */
export function deadlineOf(headers: IncomingHttpHeaders, usualMs: number): Deadline {
  const said = headers['x-timeout-ms'];
  const ms = typeof said === 'string' && /^\d{1,9}$/.test(said) ? Number(said) : usualMs;
  return new Deadline(ms);
}
