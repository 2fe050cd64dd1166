import type { UpstreamCall } from './lab.js';

/** How a dependency of the lab's own behaves at the moment. Left out: it answers at once, always well. */
export interface Behaviour {
  /** Milliseconds until it answers: always so many; in turn; or drawn, with this median and p99. */
  readonly latencyMs?: number | readonly number[] | { readonly p50: number; readonly p99: number };
  /** Share of calls that it answers with 503: by chance, as the seed has it. */
  readonly failing?: number;
  /** Every n-th call, counted from the first, is answered with 503. */
  readonly failsEach?: number;
  /** The head of its answer comes at once; what it has to wait for is the rest. */
  readonly headFirst?: true;
  /** Meanwhile, after the head, a space comes as often: something arrives all the time, and it is no answer. */
  readonly trickleMs?: number;
  /** The first call of the phase is answered well, whatever the others get, and only once this has come about. */
  readonly holdsFirst?: Promise<unknown>;
  /** Takes every call, and answers none. */
  readonly hangs?: true;
  /** Breaks the connection as soon as a call is there. */
  readonly refuses?: true;
  /** So many calls are worked on at once; further ones wait, as many as `queue` says. */
  readonly atOnce?: number;
  /** Where as many wait already, a call gets 503 at once; without it, all wait. */
  readonly queue?: number;
}

/** A behaviour with its name in the history, and how long it lasts. */
export interface DependencyPhase extends Behaviour {
  readonly name: string;
}

export interface LastingPhase extends DependencyPhase {
  readonly lastsMs: number;
}

/** A dependency of the program that the lab plays; it takes thousands of calls a second. */
export interface Dependency {
  readonly url: string;
  /** Calls that came so far. */
  readonly calls: number;
  /** From now on it behaves so. What it has in hand it answers as it would have before. */
  become(phase: DependencyPhase): void;
  /** One phase after the other, each as long as it lasts; the last one stays. */
  follow(phases: readonly LastingPhase[]): Promise<void>;
  /** Takes down how late it was itself, and ends. */
  stop(): Promise<void>;
}

export interface DependencyOptions {
  /** Tells several apart in the history. */
  readonly name: string;
  readonly first: DependencyPhase;
  /** What a call gets where nothing fails; 200 with an empty body where it is left out. */
  readonly answer?: (call: Pick<UpstreamCall, 'n' | 'method' | 'path'>) => {
    readonly status: number;
    readonly body?: unknown;
  };
}

/** Note `dependency-phase`: it behaves like this from here on. */
export interface DependencyPhaseNote {
  readonly dependency: string;
  readonly phase: string;
}

/** Note `dependency-call`: it has come. */
export interface DependencyCallNote {
  readonly dependency: string;
  /** Counted from 0 in each dependency. */
  readonly n: number;
  readonly path: string;
  readonly phase: string;
}

/** Note `dependency-answer`: what became of it. */
export interface DependencyAnswerNote {
  readonly dependency: string;
  readonly n: number;
  /** `gone`: whoever called hung up first. `refused`: the lab broke the connection. */
  readonly status: number | 'gone' | 'refused';
  readonly body?: unknown;
}

/** Note `dependency-door`: a new connection waited until it was taken in, by the dependency's own fault. */
export interface DependencyDoorNote {
  readonly dependency: string;
  /** Milliseconds until this note; shorter waits are not told. */
  readonly lateMs: number;
}

/** Note `dependency-watch`: how late its answers were by its own fault, milliseconds. */
export interface DependencyWatchNote {
  readonly dependency: string;
  readonly calls: number;
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
}
