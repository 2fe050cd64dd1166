import { errorCode, errorMessage } from '../../base/errors.js';

interface Failure {
  readonly exitCode?: number | null;
  readonly signal?: string | null;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Both, in the order in which they came. */
  readonly all?: string;
  readonly cause?: unknown;
}

/** A command that could not be started, or did not end with 0; with all that it said. */
export class CommandFailed extends Error {
  /** `ENOENT`: it is not there. Undefined where it ran. */
  readonly code: string | undefined;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly all: string;

  constructor(command: string, failure: Failure) {
    const { exitCode = null, signal = null, stdout = '', stderr = '', all = '', cause } = failure;
    const how = cause === undefined ? String(exitCode ?? signal) : errorMessage(cause);
    super(`${command}: ${how}`, { cause });
    this.name = 'CommandFailed';
    this.code = errorCode(cause);
    this.exitCode = exitCode;
    this.signal = signal;
    this.stdout = stdout;
    this.stderr = stderr;
    this.all = all;
  }
}
