import type { Cast } from './contract.js';

/** Note `clock`: what time it was, for people who ask when something happened. */
export interface Clock {
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** Note `cast`: what is about to be published, and what it is. */
export interface CastNote {
  readonly cast: readonly Cast[];
}

/** Note `alone`: these had the worker to themselves. */
export interface Alone {
  readonly ids: readonly string[];
}

/** Note `answered`: what the warehouse told the n-th call. */
export interface Answered {
  readonly n: number;
  readonly shipment: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly status: number;
  readonly error?: string;
}

/** Note `replaced`: the worker was told to stop with so many second attempts under way. */
export interface Replaced {
  readonly ids: readonly string[];
  readonly underWay: number;
  /** Whether it would still have been handed more; not in runs stored before the lab looked. */
  readonly stillTaking?: boolean;
}

/** Note `cut`: the connections of the worker were broken with these in hand, and it connected again. */
export interface Cut {
  readonly inHand: readonly string[];
}

/** Note `killed`: the worker died while the warehouse had the calls for these. */
export interface Killed {
  readonly inHand: readonly string[];
}

/** Note `restarted`: the broker was down and is back; `held` answers were on their way meanwhile. */
export interface Restarted {
  readonly how: 'kill' | 'stop' | 'cut' | 'none';
  /** Those that the worker had in hand, where it took them. */
  readonly inHand: readonly string[];
  readonly held: number;
}
