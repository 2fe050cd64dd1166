import { writeSync } from 'node:fs';
import { errorCode } from '../base/errors.js';

/** The only way to the terminal: data to stdout, progress and faults to stderr. */
export function print(text: string): void {
  write(1, text.endsWith('\n') ? text : `${text}\n`);
}

/** Machine output: one JSON document on stdout. */
export function printJson(value: unknown): void {
  write(1, `${JSON.stringify(value, null, 2)}\n`);
}

export function printProgress(text: string): void {
  write(2, text.endsWith('\n') ? text : `${text}\n`);
}

/** True where a person looks at it: colours, spinners and questions make sense. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Descriptors that would not take all at once: what follows must queue behind what waits. */
const queued = new Set<number>();

/**
 * Written at once, past process.stdout: merely to name that one loads the network stack, which
 * takes longer than all the rest of `plan next`.
 */
function write(descriptor: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0 && !queued.has(descriptor))
      rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    // Whoever was reading, as `head` does, has read enough.
    if (errorCode(error) === 'EPIPE') return;
    if (errorCode(error) !== 'EAGAIN') throw error;
    queued.add(descriptor);
  }
  if (rest.length > 0) (descriptor === 1 ? process.stdout : process.stderr).write(rest);
}
