import type { LanguageId } from '../../kata/define.js';
import type { OwnBuilds } from './own-builds.js';

/** A program under test, as its sources say it is to be built and started. */
export interface Implementation {
  readonly kind: 'reference' | 'own';
  /** `command`: a language that the lab does not know; `start` says how to start it. */
  readonly language: LanguageId | 'command';
  /** Absolute; a folder, or the one file that is all of it. */
  readonly path: string;
  /** Absolute; where it is built and started. */
  readonly folder: string;
  /** Absolute; the file to begin with, where the language is built from one. */
  readonly entry: string | undefined;
  /** SHA-256 in hex over its sources, and for a reference over the kit of its language too. */
  readonly hash: string;
  /** Undefined where it does not say: then it is taken to offer the one that is asked for. */
  readonly strategies: readonly string[] | undefined;
  /** Absolute; what the references of a language share. Undefined for a learner's own. */
  readonly kit: string | undefined;
  /** A command of its own that comes before everything else. */
  readonly build: readonly string[] | undefined;
  /** A command of its own instead of what the language would do. */
  readonly start: readonly string[] | undefined;
}

/** Ready to be started, any number of times. */
export interface Built {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Beside what the contract hands over. */
  readonly env: Readonly<Record<string, string>>;
  /** `Node 20.20.2`, `go1.26.8` */
  readonly runtime: string;
  readonly language: Implementation['language'];
}

export interface BuildContext {
  readonly signal: AbortSignal;
  /** Told only where something is really built, in the learner's language. */
  readonly onProgress?: ((text: string) => void) | undefined;
  /** What is worth reading afterwards too. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Where one run follows another: whose build command need not be run again. */
  readonly ownBuilds?: OwnBuilds | undefined;
}

export interface StartOptions {
  /** What the contract hands over; the caller's own environment is not passed on. */
  readonly env: Readonly<Record<string, string>>;
  /** Any that is free where this is left out. */
  readonly port?: number | undefined;
  /** stdout and stderr are added to its end. */
  readonly logFile: string;
  readonly signal: AbortSignal;
  /** Default: 10,000 ms. */
  readonly healthTimeoutMs?: number | undefined;
}

export type StartOutcome =
  | { readonly healthy: true; readonly program: RunningProgram }
  /** The program has been ended. */
  | { readonly healthy: false; readonly reason: UnhealthyReason };

export interface UnhealthyReason {
  /** `status`: it answered to the end, but never with 200. */
  readonly kind: 'exited' | 'timeout' | 'status';
  readonly waitedMs: number;
  readonly exitCode?: number | null;
  readonly exitSignal?: string | null;
  readonly lastStatus?: number;
  readonly lastError?: string;
  /** The last 30 lines at most. */
  readonly logTail: readonly string[];
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface StopOutcome extends Exit {
  /**
   * `drained`: ended with 0 in time. `nonzero`: ended in time with another code or by the signal.
   * `killed`: did not end in time. `already-dead`: had ended before it was told to.
   */
  readonly kind: 'drained' | 'killed' | 'nonzero' | 'already-dead';
  readonly tookMs: number;
  /**
   * What it had started, and what had left its process group and went on after the grace: `pid 123:
   * node worker.js`. The lab has ended it.
   */
  readonly escaped: readonly string[];
}

export interface Usage {
  /** CPU time of the whole process group, user and system, milliseconds. */
  readonly cpuMs: number;
  /** Bytes. Linux: the sum of each process's own peak. Elsewhere: the most that a call has seen. */
  readonly peakRssBytes: number;
  /** CPU time of each thread by its id, milliseconds; Linux only. */
  readonly threads?: ReadonlyMap<string, number>;
}

export interface RunningProgram {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Also the id of its process group. */
  readonly pid: number;
  readonly exited: Promise<Exit>;
  hasExited(): Exit | undefined;
  /** SIGTERM to the group, and SIGKILL to what is left after the grace (default: 5,000 ms). */
  stop(graceMs?: number): Promise<StopOutcome>;
  /** SIGKILL to the group at once; settles when all of it is gone. */
  kill(): Promise<void>;
  /** Null where the program has ended. */
  usage(): Promise<Usage | null>;
  /** Of the last so many milliseconds, how long it was kept waiting for a processor: 0 where nobody can tell. */
  starvedMs(ofMs: number): number;
  /** The last lines of its log, without what would move a terminal's cursor. */
  logTail(lines: number): string[];
}
