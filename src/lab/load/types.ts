import type { Problem } from '../../kata/history.js';
import type { Random } from '../../kata/lab.js';
import type { Profile } from '../../kata/profile.js';
import type { LatencySummary } from '../../kata/run-record.js';
import type { LatencyRecorder } from '../measure/latency.js';
import type { Connection } from './http1/connection.js';
import type { Retries } from './retries.js';
import type { Keep } from './http1/parser.js';

export interface LoadPlan {
  /** `http://127.0.0.1:8080`; a path in it is not used. Virtual users go to several in turn. */
  readonly urls: readonly string[];
  readonly mode: Mode;
  readonly workload: Workload;
  /** From the send of a request to the end of its answer, milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Where the measured latencies go; one of its own where none is given. */
  readonly latency?: LatencyRecorder;
  /**
   * A request that hangs ends the load: where each of many would hang in its turn, the first few
   * have said all there is to say. Those under way are still waited for.
   */
  readonly endOnTimeout?: boolean;
  /** Where nobody is answered for so long while several wait, all that wait have hung. */
  readonly stall?: {
    readonly afterMs: number;
    readonly isDisturbed?: (() => boolean) | undefined;
  };
  /** Of an open load whose clients try again: what its workload adds here comes on top. */
  readonly retries?: Retries;
  /** Told right before the first request and right after the last answer. */
  readonly meter?: Meter;
  /** Waited for once the connections are open. */
  readonly begins?: () => Promise<void>;
  /** For so long after the last answer it is watched whether further bytes come. */
  readonly lingerMs?: number;
  /** Sends may be a millisecond or two late: nothing is measured, and the processor is others' then. */
  readonly isCoarse?: boolean;
  /** Asked for before the load, so that the server has accepted every connection by then. */
  readonly primePath?: string;
}

export interface Meter {
  begin(): Promise<void>;
  end(): Promise<void>;
}

export type Stop = { readonly requests: number } | { readonly durationMs: number };

export type Mode = BurstMode | ClosedMode | OpenMode | InTurnMode;

/** Every request at one moment, each on a connection of its own. */
export interface BurstMode {
  readonly kind: 'burst';
  readonly requests: number;
}

/** Each virtual user sends its next request when the last one is answered. */
export interface ClosedMode {
  readonly kind: 'closed';
  readonly concurrency: number;
  readonly stop: Stop;
}

/** Requests come when they come, whether or not the server keeps up. */
export interface OpenMode {
  readonly kind: 'open';
  /** Requests a second; over time where it is a profile. */
  readonly rate: number | Profile;
  readonly arrivals: 'constant' | 'poisson';
  readonly random: Random;
  /** Connections opened beforehand. */
  readonly users: number;
  /** More are opened up to this number while requests wait for a free one. */
  readonly maxUsers: number;
  readonly stop: Stop;
}

/** One request after the other, the virtual users in turn. */
export interface InTurnMode {
  readonly kind: 'in-turn';
  readonly users: number;
  readonly requests: number;
}

/** What is sent, and what is done with the answers. Every function here is in the hot loop. */
export interface Workload {
  readonly keep: Keep;
  /** True where every request is a HEAD. */
  readonly withoutBody?: boolean;
  /** The bytes of a request; the same Buffer again where all are the same. */
  bytes(request: number, user: number): Buffer;
  /**
   * `connection.answer` and `connection.request` tell of the answer; they hold until this returns.
   * @returns whether the answer is right
   */
  answered?(connection: Connection): boolean;
  broke?(connection: Connection, problem: Problem): void;
  /** Bytes came that answer no request: an answer given twice, or one too long. */
  unasked?(connection: Connection, bytes: Buffer): void;
}

export interface LoadResult {
  readonly mode: Mode['kind'];
  /** Virtual users that took part. */
  readonly connections: number;
  readonly measured: PhaseResult;
  /** True where the generator, not the server, was the limit: the figures say too little then. */
  readonly generatorBound: boolean;
  readonly generator: GeneratorFigures;
  readonly notices: readonly LoadNotice[];
}

export interface PhaseResult {
  readonly sent: number;
  readonly answered: number;
  /** Answers by status code. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that the workload's check found wrong. */
  readonly wrong: number;
  readonly problems: Readonly<Record<Problem['kind'], number>>;
  /** Times that bytes came which answered no request. */
  readonly unasked: number;
  /** Connections opened again while the load ran. */
  readonly reconnects: number;
  /** Bytes of bodies. */
  readonly bytes: number;
  readonly late: LateSends;
  /** Open mode: due, and never sent, because no virtual user came free in time. */
  readonly unsent: number;
  /** Null where nothing was answered. */
  readonly latency: LatencySummary | null;
  /** The median of this phase's answers that were no refusals, whole milliseconds; 0 where there were none. */
  readonly servedMs: number;
}

/** Sends more than a millisecond after their intended time. Their latency counts from that time. */
export interface LateSends {
  readonly count: number;
  /** Of these, the ones that waited for a free virtual user. The rest the generator owes. */
  readonly forUser: number;
  /** Milliseconds. */
  readonly max: number;
  /** Those that the generator owes, by how many whole milliseconds they were late. */
  readonly owedByMs: ArrayLike<number>;
}

/** What the generator saw of itself in the measured phase. */
export interface GeneratorFigures {
  /** Share of the time in which its event loop was at work, from 0 to 1. */
  readonly utilisation: number;
  /** How much later than asked the event loop came round, milliseconds. */
  readonly lagP50: number;
  readonly lagP99: number;
  readonly lagMax: number;
  /** Why it is bound; empty where it is not. */
  readonly boundBy: readonly ('utilisation' | 'lag' | 'late-sends')[];
}

/** Something that the learner should know, and that did not end the run. */
export interface LoadNotice {
  readonly code: 'file-limit' | 'local-limit';
  readonly wanted: number;
  readonly got: number;
  readonly what: string;
  readonly mend: string;
}
