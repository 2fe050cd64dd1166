import type { ServiceRecord } from '../kata/run-record.js';
import type { Handle } from '../register/kept.js';

/** A server that answers, however it was provided. */
export interface RunningService {
  readonly record: ServiceRecord;
  /** As an administrator, with the password: for the lab only, never printed. */
  readonly url: string;
  /** Settles only where the server ends before `stop` was called, with the end of its log. */
  readonly died: Promise<Error>;
  /** Ends what this program started, and removes what it left; nothing for a server of others. */
  stop(): Promise<void>;
  /** How another program can end it; undefined for a server of others. */
  readonly handle?: Handle | undefined;
}

/**
 * What an experiment may do to a server of ours. An end that is asked for here is not one that
 * `died` tells of.
 */
export interface ServerControl {
  /** False for a server of others: then each of the rest throws PlanError `broker-not-ours`. */
  readonly possible: boolean;
  /** SIGKILL. What was confirmed as durable is there again after `start`. */
  kill(): Promise<void>;
  /** An orderly end. */
  stop(): Promise<void>;
  /** The same server again, same ports, same data; settles when it answers. */
  start(): Promise<void>;
}

export interface StartOptions {
  readonly signal: AbortSignal;
  /** One line for people on what takes its time. */
  readonly onProgress: (text: string) => void;
  /**
   * Given where it is to outlive this program (`plan services up`): called once it answers, to
   * write it down elsewhere, before it is taken out of the register. Nothing may end it later on
   * (no reaper, no group of this program's, no pipe to it).
   */
  readonly keep?: ((service: RunningService) => Promise<void>) | undefined;
}
