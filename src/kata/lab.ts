import type { Broker } from './broker.js';
import type { Dependency, DependencyOptions } from './dependency.js';
import type { WorkerPool, WorkerPoolOptions } from './worker-pool.js';
import type { Profile } from './profile.js';
import type { LatencySummary } from './run-record.js';
import type { Freeze, FreezePoint, Partition, Proxy, ScheduledFault } from './faults.js';
import type { Problem } from './history.js';
import type { SpanSeen } from './telemetry.js';
import type { BrokerKind, WorkQueue } from './work-queue.js';

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
  /** Aborted on Ctrl-C: whatever waits must listen to it. */
  readonly signal: AbortSignal;
  /**
   * A part of the experiment that has a name in the kata's `acts`: what happens in it belongs to it,
   * and it is left out where the run asks for others.
   * @returns undefined where it was left out
   */
  act<T>(name: string, play: () => Promise<T>): Promise<T | undefined>;
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
   * From here on the experiment measures nothing and disturbs nothing: it only waits and looks. The
   * next case of the lesson begins meanwhile, never more than two at once; a program of the
   * learner's own has the machine to itself all the same.
   */
  letNextBegin(): void;
  /**
   * What the programs of a role have written so far, stdout and stderr, as far as their log keeps it:
   * its first and its last lines where it is long.
   */
  logLines(role?: string): Promise<readonly string[]>;
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

export interface AnswerLimit {
  /** A request not answered by then is `unknown`; 10 s where nothing is said. */
  readonly answerWithinMs?: number;
}

export interface ClosedLoad extends AnswerLimit {
  readonly users: number;
  /** In all, shared out among the users as they come free. */
  readonly requests: number;
  /** The n-th request, counted from 0, sent by this user. */
  readonly next: (user: number, n: number) => ClientRequest;
}

export interface OpenLoad extends AnswerLimit {
  /** Requests a second over time; the load is over as it ends. */
  readonly profile: Profile;
  /** Evenly apart where nothing is said. */
  readonly spacing?: 'constant' | 'poisson';
  /** The most connections; a request that finds none free waits for one. */
  readonly users: number;
  /** Left out of the latencies: a stream beside the load that is measured. */
  readonly unmeasured?: true;
  /**
   * Clients hang up after so long, as they meant to: the outcome is unknown, and that says nothing
   * against the program.
   */
  readonly hangsUpAfterMs?: number;
  /**
   * What a client does once it has its answer, or has hung up: asks again so much later, or leaves it
   * at that. It comes on top of the profile; after the profile's end nobody asks again.
   */
  readonly again?: (request: ClientRequest, reading: Reading) => Again | undefined;
  /** The n-th request, counted from 0, sent by this user; further tries are not counted. */
  readonly next: (user: number, n: number) => ClientRequest;
}

/** A further try. */
export interface Again {
  readonly afterMs: number;
  readonly request: ClientRequest;
}

export interface CountedLoad extends AnswerLimit {
  readonly arrivals: Arrivals;
  /** The n-th request, counted from 0, sent by this user. */
  readonly next: (user: number, n: number) => ClientRequest;
  /** Left out of the latencies: the program warms up. */
  readonly warmUp?: boolean;
}

/** When requests come. */
export type Arrivals =
  /** All at one moment, each on a connection of its own. */
  | { readonly kind: 'burst'; readonly requests: number }
  /** Each user sends its next request once the last is answered. */
  | ({ readonly kind: 'closed'; readonly users: number } & LoadEnd)
  /** At a rate, whether or not the program keeps up; latency counts from the intended time. */
  | ({
      readonly kind: 'open';
      /** Connections; a request that finds none free waits for one. */
      readonly users: number;
      /** Requests a second; over time where it is a profile. */
      readonly rate: number | Profile;
      readonly spacing: 'constant' | 'poisson';
    } & LoadEnd);

/** After so many requests, or so long. */
export type LoadEnd = { readonly requests: number } | { readonly durationMs: number };

/** Counts of one load, in the history as a note `load`. */
export interface LoadNote {
  readonly arrivals: Arrivals['kind'];
  readonly warmUp: boolean;
  /** Connections that took part. */
  readonly connections: number;
  /** Of a load that ends after a time: those that came due. */
  readonly wanted: number;
  readonly sent: number;
  /** Answered in HTTP, whatever the answer said. */
  readonly answered: number;
  readonly outcomes: Readonly<Record<Reading['outcome'], number>>;
  /** Of the unknown ones, why. */
  readonly problems: Readonly<Record<Problem['kind'], number>>;
  /** How often each remark was made. */
  readonly remarks: Readonly<Record<string, number>>;
  /** Times that bytes came which answered no request. */
  readonly unasked: number;
  /** The most requests that were sent and not yet answered. */
  readonly mostInFlight: number;
  /** The same by kind of request, their `f`, where there are several. */
  readonly kinds?: Readonly<Record<string, LoadKind>>;
  /** How many of them are not in the history as operations. */
  readonly leftOut: {
    readonly outcomes: Readonly<Record<Reading['outcome'], number>>;
    readonly problems: Readonly<Record<Problem['kind'], number>>;
  };
}

/** One of several kinds of request in a load. */
export interface LoadKind {
  readonly outcomes: Readonly<Record<Reading['outcome'], number>>;
  /** Of those that were answered, from the intended send on; null where none was. */
  readonly latency: LatencySummary | null;
}

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
  /** SIGTERM, and SIGKILL for one that does not end within the contract's five seconds. */
  stop(): Promise<void>;
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

export interface Database {
  /** Undefined for a kata without a database. */
  readonly url: string | undefined;
  /** @throws the driver's error as it is */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** A connection of the experiment's own: for transactions, locks, what one session sees. */
  session(): Promise<Session>;
}

/** One connection to the case's database; closed by the lab at the end. */
export interface Session {
  /** Its process id in the server. */
  readonly pid: number;
  /** One statement after the other. @throws the driver's error as it is */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The same, with all that the server says of it. */
  statement<Row>(sql: string, parameters?: readonly unknown[]): Promise<StatementResult<Row>>;
  /** What is under way is rolled back. */
  close(): Promise<void>;
}

export interface StatementResult<Row = unknown> {
  /** `UPDATE`; a COMMIT of a transaction that had failed says `ROLLBACK`. */
  readonly command: string;
  /** Rows that it returned or changed; null where the server counts none. */
  readonly count: number | null;
  readonly rows: readonly Row[];
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [min, max], both included. */
  integer(min: number, max: number): number;
}

/** One request of a virtual user, with the operation that it stands for in the history. */
export interface ClientRequest {
  readonly process: number;
  /** Of a system: the role that is asked. A load takes it from its target. */
  readonly role?: string;
  readonly f: string;
  readonly asked: unknown;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent in place of the body as it stands, where what is sent is to be no JSON. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads an answer as the contract of the kata says. */
  readonly read: (answer: Answer) => Reading;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text; `json()` gives undefined where it isn't JSON. */
  readonly text: string;
  /** Milliseconds since the intended send time. */
  readonly tookMs: number;
  json(): unknown;
}

export type Reading =
  | ({ readonly outcome: 'ok'; readonly value: unknown } & Remarked)
  | ({ readonly outcome: 'fail'; readonly value?: unknown } & Remarked)
  | { readonly outcome: 'unknown'; readonly problem: Problem };

interface Remarked {
  /** A word for what is worth a line of the history also where a load is only counted. */
  readonly remark?: string;
}

/** For an answer outside the contract: says what was expected, keeps what came. */
export function outsideContract(answer: Answer, expected: string): Reading {
  const received = `${answer.status} ${answer.text.slice(0, 500).trimEnd()}`;
  return {
    outcome: 'unknown',
    problem: { kind: 'contract', detail: `status ${answer.status}`, expected, received },
  };
}
