import { appendFileSync, closeSync, createReadStream, createWriteStream, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { HistoryEvent } from '../kata/history.js';
import type { Recorder } from './recorder.js';

/** Older than this, no event is in memory alone. */
const longestMs = 100;

/**
 * The history of a case on disk while it goes on, a line an event: what is there when `plan` is
 * killed. It is written in batches, right after each note and whenever something has waited; only a
 * full disk can hold it up, and that is told at the end.
 */
export class LiveFile {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #timer: NodeJS.Timeout;
  #waiting: HistoryEvent[] = [];
  #isDue = false;
  #isOver = false;
  #lines = 0;
  #failure: unknown;

  private constructor(file: string, recorder: Recorder) {
    this.#file = file;
    this.#descriptor = openSync(file, 'wx');
    this.#timer = setInterval(() => this.#write(), longestMs);
    this.#timer.unref();
    recorder.listen((event) => this.#take(event));
  }

  /** @throws what opening the file throws */
  static follow(file: string, recorder: Recorder): LiveFile {
    return new LiveFile(file, recorder);
  }

  /** Events that it holds. */
  get lines(): number {
    return this.#lines;
  }

  /** Writes down what waits; of later events it takes none. */
  end(): void {
    if (this.#isOver) return;
    clearInterval(this.#timer);
    this.#write();
    this.#isOver = true;
    closeSync(this.#descriptor);
  }

  /** What it holds stands at the end of another file then. @throws what writing threw */
  async moveBehind(history: string): Promise<void> {
    this.end();
    if (this.#failure !== undefined) throw this.#failure as Error;
    await pipeline(createReadStream(this.#file), createWriteStream(history, { flags: 'a' }));
    await rm(this.#file);
  }

  #take(event: HistoryEvent): void {
    if (this.#isOver) return;
    this.#lines += 1;
    this.#waiting.push(event);
    if (event.type !== 'note' || this.#isDue) return;
    // Notes that come in one go are written in one go.
    this.#isDue = true;
    setImmediate(() => this.#write());
  }

  #write(): void {
    this.#isDue = false;
    if (this.#isOver || this.#waiting.length === 0) return;
    const text = this.#waiting.map((event) => `${JSON.stringify(event)}\n`).join('');
    this.#waiting = [];
    // After a gap, nothing that follows would make sense.
    if (this.#failure !== undefined) return;
    try {
      appendFileSync(this.#descriptor, text);
    } catch (error) {
      this.#failure = error;
    }
  }
}
