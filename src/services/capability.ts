import type { ServiceRecord } from '../kata/run-record.js';
import type { Metrics } from '../kata/metrics.js';
import type { WorkQueue } from '../kata/work-queue.js';
import type { Recorder } from '../history/recorder.js';
import type { ProcessIdentity } from '../register/identity.js';
import type { Kept } from '../register/kept.js';
import type { Check } from './doctor/check.js';
import type { RunningService, StartOptions } from './types.js';
import type { Way } from './ways.js';

/**
 * All that a service can do for the lab. To add one: a folder with an object of this kind, a line in
 * capabilities.ts, and its facts in src/kata/services.ts.
 */
export interface Capability<Server extends RunningService, Hands> {
  /** In the order in which they are tried. What was forced is tried even where it seems missing. */
  readonly ways: readonly Way<Server>[];
  /** Takes what `plan services up` keeps; tried right after what a variable names. */
  readonly useKept?: (kept: Kept, options: StartOptions) => Promise<Server>;
  /** Many runs may use it at once: no experiment ends it. Left out, one has it for itself. */
  readonly sharesKept?: true;
  /** What is said, and what mends it, where no way is there. */
  readonly none: (keep: boolean) => { what: string; mend: string };
  /** What is worth knowing of one that runs, if anything. */
  readonly notice?: (record: ServiceRecord) => string | undefined;
  /** A place of the case's own on a server, empty, in the register where that outlives us. */
  readonly place: (server: Server, one: CaseOfPlace) => Promise<Place<Hands>>;
  /** `place`: each role of a system has one of its own. Left out, they share that of the case. */
  readonly eachRole?: 'place';
  /** Ends a place that a killed `plan` has left on a server of these. @throws the driver's error */
  readonly endLeftover: (place: LeftPlace) => Promise<void>;
  /** What people call such a place. */
  readonly describe: (place: Pick<LeftPlace, 'name' | 'index'> & { server: string }) => string;
  /** A server of ours answers, and does not take our password. */
  readonly refusesUs: (url: string) => Promise<boolean>;
  /** Ends a kept process in good order; left out where killing it and its helpers is right. */
  readonly endProcess?: (process: ProcessIdentity) => Promise<unknown>;
  /** Each way, and which a run would take. Starts nothing. */
  readonly examine: (env: NodeJS.ProcessEnv, found: Found) => Promise<Check[]>;
}

/** What the doctor has found of the ways that all services have in common. */
export interface Found {
  readonly docker: Check;
  readonly kept: Check;
}

export interface CaseOfPlace {
  /** What its name begins with, after `plan_`. */
  readonly label: string;
  /** SQL that fills the case's database. */
  readonly schema?: string | undefined;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** Where a case has a server for itself. */
export interface Place<Hands> {
  /** The program's. */
  readonly url: string;
  /** The experiment's. */
  readonly hands: Hands;
  /**
   * Of a place that roles share: a login of a role's own into it.
   * @returns the URL; undefined where the server lets us make none, and then the history says so
   */
  readonly login?: (role: string) => Promise<string | undefined>;
  /** Where programs can take work from it. */
  readonly workQueue?: {
    readonly kind: WorkQueue['kind'];
    readonly open: () => Promise<WorkQueue>;
  };
  /** What the programs' metrics come to, where it keeps them. */
  readonly metrics?: Metrics;
  /** Looks at a program from its start on. @returns what ends that */
  readonly watch?: (program: Watched) => Promise<() => Promise<void>>;
  /** Closes the hands, brings back a server that the experiment left lying, removes the place. */
  end(): Promise<void>;
}

/** A program of the case, where it listens. */
export interface Watched {
  /** Of a system. */
  readonly role?: string;
  readonly url: string;
}

/** As the register knows it. */
export interface LeftPlace {
  /** `plan_…` */
  readonly name: string;
  /** Of those that are counted. */
  readonly index?: number | undefined;
  readonly url: string;
  /** Undefined on a server of the user's own. */
  readonly kept: Kept | undefined;
}

export interface AnyCapability extends Omit<Capability<never, unknown>, 'ways' | 'useKept'> {
  readonly ways: readonly Way<RunningService>[];
  readonly useKept?: (kept: Kept, options: StartOptions) => Promise<RunningService>;
}

export type ServerOf<C> = C extends { place: (server: infer Server, one: CaseOfPlace) => unknown }
  ? Server
  : never;
export type HandsOf<C> = C extends { place: (...given: never) => Promise<Place<infer Hands>> }
  ? Hands
  : never;
