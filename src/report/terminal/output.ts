import { writeSync } from 'node:fs';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { outputTexts } from '../../i18n/output.js';
import { texts } from '../../i18n/text.js';
import { realised } from './realised.js';
import { foreignJson } from '../view/foreign.js';

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
    const code = errorCode(error);
    if (isTerminalLost(descriptor, code)) return;
    // Whoever was reading, as `head` does, has read enough.
    if (code === 'EPIPE') return;
    if (code !== 'EAGAIN') throw code === 'EIO' ? terminalClosed() : outputFull(error);
    queued.add(descriptor);
  }
  if (rest.length > 0) (descriptor === 1 ? process.stdout : process.stderr).write(rest);
}

/**
 * Calls back when the terminal that a person looked at has been closed, or the reader of the
 * progress has gone. For what runs long: what is written to streams then fails by an event, which
 * ends the whole program where nobody listens.
 */
export function onTerminalLost(callback: () => void): () => void {
  const lost = (error: Error): void => {
    const code = errorCode(error);
    if (code === 'EIO' || code === 'EPIPE') callback();
    else throw outputFull(error);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', lost);
  whenLost.add(callback);
  return () => {
    whenLost.delete(callback);
    // What is written after the run may still fail so; nobody reads it, and nothing runs any more.
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', () => undefined);
      stream.off('error', lost);
    }
  };
}

const whenLost = new Set<() => void>();

/** Told to who asked for it, where anybody did: progress is drawn by a timer, which must not throw. */
function isTerminalLost(descriptor: 1 | 2, code: string | undefined): boolean {
  if (whenLost.size === 0 || (code !== 'EIO' && !(code === 'EPIPE' && descriptor === 2)))
    return false;
  for (const tell of whenLost) tell();
  return true;
}

function terminalClosed(): PlanError {
  const what = texts(outputTexts).closed;
  return new PlanError({ code: 'interrupted', exit: exitCodes.interrupted, what });
}

function outputFull(cause: unknown): PlanError {
  const t = texts(outputTexts);
  return new PlanError({
    code: 'output-not-writable',
    exit: exitCodes.environment,
    what: t.full(errorMessage(cause)),
    mend: t.fullMend,
    cause,
  });
}
