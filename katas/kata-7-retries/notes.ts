/** Note `charge`: an attempt, and how the dependency answered it in that moment. */
export interface ChargeNote {
  readonly id: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly status: 201 | 503;
}

/** Note `outage`: the dependency is down for its group from here on. */
export interface OutageNote {
  readonly forMs: number;
}

/** Note `stray-call`: what the contract does not know, or a message that nobody published. */
export interface StrayNote {
  readonly method: string;
  readonly path: string;
  readonly text: string;
}

/** Note `end`. `over`: every message was done or given up. */
export interface EndNote {
  readonly why: 'over' | 'quiet' | 'for-ever' | 'limit';
}
