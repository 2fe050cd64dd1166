import { closeSync, openSync, writeSync } from 'node:fs';
import type { WireEvent } from '../../kata/statements.js';

/** More than a picture can be drawn from; what comes later is counted. */
const mostEvents = 100_000;
const mostBytes = 64 * 1024 * 1024;
const batch = 500;

/** What taps hear of one case: in memory, and in a file of the run's folder. */
export class WireFile {
  readonly #descriptor: number;
  readonly #events: WireEvent[] = [];
  #waiting: string[] = [];
  #bytes = 0;
  #isFull = false;

  /** @throws what opening it throws */
  constructor(file: string) {
    this.#descriptor = openSync(file, 'wx');
  }

  get events(): readonly WireEvent[] {
    return this.#events;
  }

  take(event: WireEvent): void {
    if (this.#isFull) return;
    this.#isFull = this.#events.length >= mostEvents || this.#bytes >= mostBytes;
    const kept: WireEvent = this.#isFull
      ? {
          kind: 'session',
          session: -1,
          what: 'left-out',
          at: 'at' in event ? event.at : event.from,
        }
      : event;
    const line = `${JSON.stringify(kept)}\n`;
    this.#events.push(kept);
    this.#bytes += line.length;
    this.#waiting.push(line);
    if (this.#waiting.length >= batch) this.#write();
  }

  /** @throws what writing throws: a full disk */
  end(): void {
    try {
      this.#write();
    } finally {
      closeSync(this.#descriptor);
    }
  }

  #write(): void {
    const text = this.#waiting.join('');
    this.#waiting = [];
    if (text !== '') writeSync(this.#descriptor, text);
  }
}
