import type { ServiceRecord } from '../../kata/run-record.js';
import type { Handle } from '../running/kept.js';

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
