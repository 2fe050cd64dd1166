import { writeSync } from 'node:fs';
import { errorCode } from '../base/errors.js';
import { realised } from './realised.js';
import { foreignJson } from './view/foreign.js';

/**
 * The only way to the terminal: data to stdout, progress and faults to stderr. Whatever the text
 * holds, what leaves has no control characters but line ends and our own styles.
 */
export function print(text: string): void {
  writeText(1, text);
}

/** Machine output: one JSON document on stdout. */
export function printJson(value: unknown): void {
  write(1, `${foreignJson(value, 2)}\n`);
}

export function printProgress(text: string): void {
  writeText(2, text);
}

/** On a terminal: a line on stderr that takes the place of the one before; none takes it away. */
export function drawProgress(line = ''): void {
  write(2, `\r\u001b[K${realised(line.replaceAll('\n', ' '), 2)}`);
}

function writeText(descriptor: 1 | 2, text: string): void {
  write(descriptor, realised(text.endsWith('\n') ? text : `${text}\n`, descriptor));
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
