import type { UpstreamCall } from './lab.js';

/**
 * Several services of the lab's own that share one pool of workers: a call to any of them waits for a
 * free one, first come first served. Whether somebody still waits for the answer the pool does not
 * know: it works on all that it has taken, but for calls that say how long they may take.
 */
export interface WorkerPool {
  /** Calls that came so far. */
  readonly calls: number;
  /** Whether a call with this path is among them. */
  hasTaken(path: string): boolean;
  urlOf(service: string): string;
  /** From now on a call to this service keeps its worker, until it is well again or its time is over. */
  hang(service: string): void;
  /** As one that is started anew: what hangs is given up now, and from now on all is as before. */
  heal(service: string): void;
  /** Takes down how late it was itself, and ends. */
  stop(): Promise<void>;
}

export interface WorkerPoolOptions {
  /** Tells several apart in the history. */
  readonly name: string;
  readonly services: readonly string[];
  readonly workers: number;
  /** What a call takes of a worker, milliseconds; a fifth more or less, by chance. */
  readonly workMs: number;
  /** The header, in lower case, that says how many milliseconds a call may still take. */
  readonly deadline: string;
  /** Headers, in lower case, that are worth a line of the history. */
  readonly keeps?: readonly string[];
  /** A call is not begun that has less than so long left, milliseconds. */
  readonly leastLeftMs: number;
  readonly answer: (
    call: Pick<UpstreamCall, 'n' | 'method' | 'path'> & { readonly service: string },
  ) => unknown;
}

/** Note `pool-call`: it has come. */
export interface PoolCallNote {
  readonly pool: string;
  readonly service: string;
  /** Counted from 0 over all services of the pool. */
  readonly n: number;
  readonly path: string;
  /** As it came, whatever it is; null where nothing was said. */
  readonly deadline: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Note `pool-begun`: a worker works on it. */
export interface PoolBegunNote {
  readonly pool: string;
  readonly n: number;
}

/** Note `pool-ended`. */
export interface PoolEndedNote {
  readonly pool: string;
  readonly n: number;
  /** `worked`: 200. `too-late`: 504 without any work. `cut-off`: 504, it hung until its time, or the hang, was over. */
  readonly how: 'worked' | 'too-late' | 'cut-off';
  readonly body?: unknown;
  /** Nobody was there any more to hear of it. */
  readonly gone?: true;
}

/** Notes `pool-hangs` and `pool-heals`. */
export interface PoolHangNote {
  readonly pool: string;
  readonly service: string;
}

/** Note `pool-watch`: how late its workers were by the lab's own fault, milliseconds. */
export interface PoolWatchNote {
  readonly pool: string;
  readonly calls: number;
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
}
