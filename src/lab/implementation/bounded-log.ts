import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { implementationTexts } from '../../i18n/implementation.js';
import { texts } from '../../i18n/text.js';

const mebibyte = 1024 ** 2;

export interface LogLimits {
  /** A log above this size is cut. */
  readonly mostBytes: number;
  /** Of its beginning, and again of its end, so much is kept. */
  readonly keptBytes: number;
  readonly lookMs: number;
}

const usual: LogLimits = { mostBytes: 16 * mebibyte, keptBytes: 4 * mebibyte, lookMs: 50 };

/**
 * Keeps a log from growing without limit while programs write to it: of what is too long, beginning
 * and end stay. Programs write the file themselves, at whatever is its end at that moment, so that
 * one can outlive this process, and none waits for it; the price is that between two looks a log may
 * be longer than it may.
 */
export class BoundedLog {
  readonly #file: string;
  readonly #limits: LogLimits;
  readonly #timer: NodeJS.Timeout;
  /** Length of the line that says what is left out; 0 before there is one. */
  #marker = 0;
  #leftOut = 0;

  constructor(file: string, limits: Partial<LogLimits> = {}) {
    this.#file = file;
    this.#limits = { ...usual, ...limits };
    this.#timer = setInterval(() => this.#look(), this.#limits.lookMs);
    this.#timer.unref();
  }

  /** Once nobody writes any more. @returns how many bytes were left out */
  end(): number {
    clearInterval(this.#timer);
    this.#look();
    return this.#leftOut;
  }

  /** What can't be cut, on a disk that is full or gone, is no reason to end an experiment. */
  #look(): void {
    try {
      // Not `a+`, which would make a file that is missing.
      const log = openSync(this.#file, constants.O_RDWR | constants.O_APPEND);
      try {
        const { size } = fstatSync(log);
        if (size > this.#limits.mostBytes) this.#cut(log, size);
      } finally {
        closeSync(log);
      }
    } catch {
      return;
    }
  }

  /** Of a program's last words nothing is to be lost: what came while its end was read, is read too. */
  #cut(log: number, atFirst: number): void {
    const { keptBytes } = this.#limits;
    let [size, end] = [atFirst, read(log, atFirst - keptBytes, keptBytes)];
    for (let round = 0; round < catchUps; round += 1) {
      const now = fstatSync(log).size;
      if (now === size) break;
      const from = Math.max(size, now - keptBytes);
      end = Buffer.concat([from === size ? end : Buffer.alloc(0), read(log, from, now - from)]);
      size = now;
    }
    const tail = end.subarray(Math.max(0, end.length - keptBytes));
    // From the beginning of a line on, where there is one.
    const kept = tail.subarray(tail.indexOf('\n') + 1);
    this.#leftOut += size - keptBytes - this.#marker - kept.length;
    const leftOut = texts(implementationTexts).leftOut(Math.ceil(this.#leftOut / mebibyte));
    const marker = Buffer.from(`\n${leftOut}\n`);
    ftruncateSync(log, keptBytes);
    writeSync(log, Buffer.concat([marker, kept]));
    this.#marker = marker.length;
  }
}

/** Whoever never stops writing is not waited for. */
const catchUps = 3;

function read(log: number, from: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(log, buffer, 0, bytes, from));
}
