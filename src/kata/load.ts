import type { ClientRequest, Reading } from './client.js';
import type { Problem } from './history.js';
import type { Profile } from './profile.js';
import type { LatencySummary } from './run-record.js';

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
  /** Waited for once its connections are there, before its first request: see `Together`. */
  readonly begins?: () => Promise<void>;
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
