import type { Broker } from './broker.js';
import type { ClientRequest, Reading } from './client.js';
import type { Database } from './database.js';
import type { Dependency, DependencyOptions } from './dependency.js';
import type { Freeze, FreezePoint, Partition, Proxy, ScheduledFault } from './faults.js';
import type { AnswerLimit, ClosedLoad, OpenLoad, CountedLoad, LoadNote } from './load.js';
import type { MemoryPeak } from './memory.js';
import type { Metrics } from './metrics.js';
import type { SpanSeen } from './telemetry.js';
import type { BrokerKind, WorkQueue } from './work-queue.js';
import type { WorkerPool, WorkerPoolOptions } from './worker-pool.js';

/** What an experiment can do. Everything it starts is stopped by the lab, also when it throws. */
export interface Lab {
  /** Of the case: for what must be there before any program starts, such as a queue's arguments. */
  readonly strategy: string;
  /** Pseudo-random numbers that the run's seed fixes. */
  readonly random: Random;
  /** The case's own fresh database, reached directly and never through the implementation. */
  readonly database: Database;
  /** The case's own fresh vhost; for katas that ask for `rabbitmq`. */
  readonly broker: Broker;
  /** Work for programs on either broker, as an option of the kata says. */
  workQueue(kind: BrokerKind): Promise<WorkQueue>;
  /** What the programs' `/metrics` say over time; for katas that ask for `prometheus`. */
  readonly metrics: Metrics;
  /** Aborted on Ctrl-C: whatever waits must listen to it. */
  readonly signal: AbortSignal;
  /**
   * A part of the experiment that has a name in the kata's `acts`: what happens in it belongs to it,
   * and it is left out where the run asks for others. It is told which time it is, from 1 on.
   * @returns undefined where it was left out
   */
  act<T>(name: string, play: (times: number) => Promise<T>): Promise<T | undefined>;
  /** Of a system: starts the program that plays a role. */
  start(role: string, options?: StartOptions): Promise<Program>;
  /** Starts the implementation and waits until it is healthy; more than once for replicas. */
  start(options?: StartOptions): Promise<Program>;
  /** Of a system: what one of its roles has for itself. */
  role(name: string): RoleHands;
  /** A dependency that the experiment plays itself, given to programs as UPSTREAM_URL. */
  upstream(
    answer: (call: UpstreamCall) => UpstreamAnswer | Promise<UpstreamAnswer>,
  ): Promise<Upstream>;
  /**
   * A dependency whose behaviour changes over time, for many calls: its answers are the lab's own,
   * and how late it was itself is in the history.
   */
  dependency(options: DependencyOptions): Promise<Dependency>;
  /** Several dependencies that share one pool of workers, and so each other's trouble. */
  workerPool(options: WorkerPoolOptions): Promise<WorkerPool>;
  /** Sends every request at the same moment, each on a connection of its own, and measures. */
  burst(target: Target, requests: readonly ClientRequest[], limits?: AnswerLimit): Promise<void>;
  /**
   * A number of users, each sending its next request once the last is answered; measured. A request
   * that hangs ends the load.
   */
  closed(target: Target, load: ClosedLoad): Promise<void>;
  /**
   * Requests that come when they come, whether or not the program keeps up, all in the history;
   * measured. A request that hangs does not keep the others from coming.
   */
  open(target: Target, load: OpenLoad): Promise<void>;
  /**
   * A load of any size: what came right is only counted, so the history does not grow with it. The
   * first of each kind of what did not, or is remarked on, is in the history as usual. Requests that
   * hung are among the counts, and do not end the experiment: the kata says what becomes of it.
   */
  load(target: Target, load: CountedLoad): Promise<LoadNote>;
  /** Sends one request after the other; recorded in the history, not in the latencies. */
  oneByOne(target: Target, requests: readonly ClientRequest[], limits?: AnswerLimit): Promise<void>;
  /** Takes what the experiment does by itself (a statement, a message) down as an operation. */
  operation(
    what: Pick<ClientRequest, 'process' | 'f' | 'asked' | 'role'>,
    act: () => Promise<Reading>,
  ): Promise<Reading>;
  /** Writes a fact of the experiment into the history. */
  note(f: string, value: unknown): void;
  /**
   * A TCP proxy before a service, an upstream or a program. Of a service, give it to `start`; one
   * before a program is a target.
   * @throws PlanError `proxy-needs-plain-tcp` (exit 4) where the server is reached by TLS
   */
  proxy(to: Reachable | 'database' | 'broker'): Promise<Proxy>;
  /**
   * From here on the experiment measures nothing, and what disturbs others it does `alone`: the next
   * case of the lesson begins meanwhile, never more than three at once; a program of the learner's
   * own has the machine to itself all the same.
   */
  letNextBegin(): void;
  /** What is measured, and what would disturb that: of the cases under way one at a time does it. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  /**
   * What the programs of a role have written so far, stdout and stderr, as far as their log keeps it:
   * its first and its last lines where it is long.
   */
  logLines(role?: string): Promise<readonly string[]>;
  /**
   * Looks about twice a second, from here on, at what services, programs and this program hold.
   * @returns tells the most that was seen; undefined where the machine does not tell
   */
  watchMemory(): () => MemoryPeak | undefined;
  /** What its programs have told of themselves so far, of a kata with telemetry. */
  spans(): readonly SpanSeen[];
  /** Holds whoever runs a statement on a table of the case's database at exactly that statement. */
  freeze(point: FreezePoint): Promise<Freeze>;
  /**
   * Carries out faults at their moments while a load runs, and settles with the load. A request
   * that hangs does not end the load meanwhile. One schedule at a time.
   * @throws what the load or a step throws
   */
  schedule<T>(plan: readonly ScheduledFault[], load: () => Promise<T>): Promise<T>;
  /**
   * Asks again and again until the condition gives something; undefined at the limit (default
   * 10 s), and then the history has a note `awaited-in-vain` with `what`.
   */
  until<T>(
    what: string,
    condition: () => Condition<T> | Promise<Condition<T>>,
    limitMs?: number,
  ): Promise<T | undefined>;
}

/** What the experiment can do to one role of a system. */
export interface RoleHands {
  /** Its own fresh database, which no other role may open. */
  readonly database: Database;
  /** Before its database, or before what it reaches the broker by; give it to `start`. */
  proxy(to: 'database' | 'broker'): Promise<Proxy>;
  /** Holds whoever runs a statement on a table of its database at exactly that statement. */
  freeze(point: FreezePoint): Promise<Freeze>;
  /**
   * Cuts it off from all other roles: its connections to the broker and the calls from and to its
   * neighbours break, and what it or they send then goes nowhere, until `heal`. Its database stays.
   * One fault in the history, `partition`. Of a kata with a broker the role has to be behind its
   * `proxy('broker')`.
   * @throws Error where it is not
   */
  partition(): Partition;
}

/** Undefined or false: not yet. */
export type Condition<T> = T | undefined | false;

/** A program, an upstream, a proxy: whatever has an address. */
export interface Reachable {
  readonly url: string;
  /** Of a program of a system, and of a proxy before one. */
  readonly role?: string;
}

/** Several programs are replicas: requests go to them in turn. */
export type Target = Reachable | readonly Reachable[];

export interface StartOptions {
  /** Variables for this program alone. */
  readonly env?: Readonly<Record<string, string>>;
  /** Also a proxy before one. */
  readonly upstream?: Reachable;
  /** The program reaches its database through this proxy. */
  readonly database?: Proxy;
  /** The program reaches its broker through this: a proxy, a tap. The URL tells the variable. */
  readonly broker?: Reachable;
  /** Of a system: neighbours that this one reaches by another way, such as a proxy before them. */
  readonly neighbours?: Readonly<Record<string, Reachable>>;
}

export interface Program {
  readonly url: string;
  /** Of a system. */
  readonly role?: string;
  /**
   * SIGTERM, and SIGKILL for one that does not end within the contract's five seconds.
   * @param beside `silent`: a connection is open then on which nothing was ever sent
   */
  stop(beside?: 'silent'): Promise<void>;
  /** SIGKILL: a crash that the experiment wants. */
  kill(): Promise<void>;
}

export interface Upstream {
  readonly url: string;
  /** In the order in which they came; each is a note `upstream-call` in the history too. */
  readonly calls: readonly UpstreamCall[];
  stop(): Promise<void>;
}

export interface UpstreamCall {
  /** Counted from 0. */
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [min, max], both included. */
  integer(min: number, max: number): number;
}
