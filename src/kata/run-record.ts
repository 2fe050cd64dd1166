import type { ExitCode } from '../base/errors.js';
import type { Chart, Exhibits } from './exhibits.js';
import type { Tracks } from './tracks.js';
import type { Coverage, Expectation, Finding, Verdict } from './findings.js';
import type { Text } from '../i18n/text.js';
import type { Interleaving } from './interleaving/index.js';
import type { Sequence } from './sequence/index.js';
import type { ServiceName } from './services.js';

/** `run.json`: everything that a report, the journal or a later check needs of a run. */
export interface RunRecord {
  /** 2; what is stored with 1 is read as 2. */
  readonly schema: 2;
  readonly kata: string;
  /** Of a kata from outside; relative to the learner's root where it lies below it. */
  readonly kataFolder?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The run's folder, relative to the learner's root where it lies below it. */
  readonly folder: string;
  /** As typed after `plan`, so that it can be typed again. */
  readonly command: readonly string[];
  readonly seed: number;
  readonly plan: string;
  readonly machine: Machine;
  readonly services: readonly ServiceRecord[];
  readonly cases: readonly CaseRecord[];
  readonly outcome: RunOutcome;
}

export type RunOutcome = 'as-expected' | 'violated' | 'inconclusive' | 'error' | 'interrupted';

export interface Machine {
  readonly platform: string;
  readonly release: string;
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly node: string;
}

export interface ServiceRecord {
  readonly name: ServiceName;
  /** `18.4` */
  readonly version: string;
  readonly provider: ProviderName;
  /** With the password masked. */
  readonly url: string;
  /** True where `plan services up` had started it. */
  readonly kept: boolean;
  /** Server settings that bear on the figures: fsync, synchronous_commit, max_connections. */
  readonly settings: Readonly<Record<string, string>>;
}

export const providers = ['url', 'docker', 'local', 'embedded'] as const;
export type ProviderName = (typeof providers)[number];

export interface CaseRecord {
  /** Counted from 0; the `case` of its lines in history.jsonl. */
  readonly index: number;
  /** For file names: `naive-read-committed-node-1`. */
  readonly slug: string;
  readonly strategy: string;
  /** Counted from 1. */
  readonly repetition: number;
  /** Of a system: of all of it together. */
  readonly implementation: ImplementationRecord;
  /** Of a system: who played which role. */
  readonly cast?: Readonly<Record<string, ImplementationRecord>>;
  readonly options: Readonly<Record<string, string | number>>;
  /** Only these acts were played: nothing else was judged. Left out of a whole experiment. */
  readonly acts?: readonly string[];
  /** They are those that this case of the lesson is about: nobody asked for less. */
  readonly taught?: true;
  /** `--explain`: a tap listened to its databases, so that its times are no measure. */
  readonly explain?: true;
  readonly expected: Expectation;
  readonly verdict: Verdict;
  readonly asExpected: boolean;
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  /** What is worth knowing and bears on no verdict; left out where there is nothing. */
  readonly notices?: readonly Text[];
  readonly figures: Readonly<Record<string, number>>;
  /** Left out by katas that have none. */
  readonly exhibits?: Exhibits;
  readonly chart?: Chart;
  readonly tracks?: Tracks;
  /** Null where nothing was answered. */
  readonly latency: LatencySummary | null;
  readonly counts: Counts;
  readonly resources: Resources | null;
  /** Of the load generator; left out by a run that put no load on anything. */
  readonly generator?: GeneratorRecord;
  /** Left out by a case without faults. */
  readonly timeline?: Timeline;
  /** Of a system: the one of its sequences that tells most. */
  readonly sequence?: Sequence;
  /** With `explain`: what the two did that tell most, side by side. */
  readonly interleaving?: Interleaving;
  /** First and last line of the case in history.jsonl, counted from 1. */
  readonly lines: readonly [number, number];
  /** For `error`: what happened, and what mends it. */
  readonly error?: CaseError;
}

export interface CaseError {
  readonly code: string;
  /** The exit code that it asks for. */
  readonly exit: ExitCode;
  readonly what: string;
  readonly mend?: string;
}

export interface ImplementationRecord {
  /**
   * `lab`: the lab played all parts itself, as the kata's own folder says. `mixed`: of a system, what
   * the learner's own lacks the references played.
   */
  readonly kind: 'reference' | 'own' | 'mixed' | 'lab';
  /** `node`, `go`, … or `command`; `sql` of what the lab played itself. */
  readonly language: string;
  /** `Node 20.20.2`, `go1.26.8` */
  readonly runtime: string;
  /** Relative to the learner's root where it lies below it, else absolute. */
  readonly path: string;
  /** SHA-256 over names and contents of the sources, in hex. */
  readonly hash: string;
  /** The command that starts it, of a language that the lab does not know: what `--cmd` said. */
  readonly start?: readonly string[];
}

/** Milliseconds, from the intended send time. A percentile that the samples can't carry is null. */
export interface LatencySummary {
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number;
  readonly mean: number;
  /** Answers a second, over the time from the first intended send to the last answer. */
  readonly throughput: number;
}

/** Points of a histogram, by rising share: so many of the answers took at most so long. */
export type LatencyCurve = readonly {
  readonly ms: number;
  /** From 0 to 1. */
  readonly share: number;
}[];

export interface Counts {
  readonly requests: number;
  readonly ok: number;
  readonly fail: number;
  readonly unknown: number;
}

export interface Resources {
  /** CPU time of the implementation during the workload, milliseconds. */
  readonly cpuMs: number;
  /** Largest resident set seen, bytes. */
  readonly peakRssBytes: number;
  /** Of a system: each role's share. */
  readonly roles?: Readonly<
    Record<string, { readonly cpuMs: number; readonly peakRssBytes: number }>
  >;
  /** How long the workload took, milliseconds. */
  readonly wallMs?: number;
  /** CPU time of the implementation's busiest thread; left out where it can't be read. */
  readonly busiestThreadMs?: number;
  /** CPU time of this program, the load generator in it, during the workload, milliseconds. */
  readonly planCpuMs?: number;
  /** CPU time of everything on the machine, milliseconds: at most `wallMs` times its cores. */
  readonly machineCpuMs?: number;
}

/** The worst of the case's measured loads. */
export interface GeneratorRecord {
  /** The generator was the limit, not the program: its figures say too little then. */
  readonly bound: boolean;
  /** Why; empty where it was not. */
  readonly boundBy: readonly string[];
  /** Share of the time in which its event loop was at work, from 0 to 1. */
  readonly utilisation: number;
  /** How much later than asked its event loop came round, 99th percentile, milliseconds. */
  readonly lagP99: number;
  /** Requests that were due and never sent, since no connection came free in time. */
  readonly unsent: number;
  /** Of loads at a rate: sent more than a millisecond after they were due. */
  readonly late?: {
    readonly count: number;
    /** Of these, the ones that waited for a free user; the rest the generator owes. */
    readonly forUser: number;
    readonly maxMs: number;
  };
  /** Why a load was smaller than asked for, and what mends it. */
  readonly limits?: readonly { readonly what: string; readonly mend: string }[];
}

/** The faults of a case beside what was answered, for a drawing. Milliseconds since it began. */
export interface Timeline {
  /** When the first request was sent, and the first slot begins. */
  readonly fromMs: number;
  readonly slotMs: number;
  readonly slots: number;
  /** Requests answered in each slot; left out where the history does not have them all. */
  readonly answered?: readonly number[];
  /** Requests of unknown outcome that ended in each slot: hung, or their connection broke. */
  readonly unanswered?: readonly number[];
  readonly faults: readonly TimelineFault[];
  /** The experiment had a schedule of faults. */
  readonly scheduled: boolean;
}

export interface TimelineFault {
  /** `black-hole`, `killed`, … */
  readonly what: string;
  /** `database`, `program`, a table, … */
  readonly target: string;
  /** Of a system: whom it hit. */
  readonly role?: string;
  readonly fromMs: number;
  /** Null where it lasted until the case ended. */
  readonly untilMs: number | null;
}
