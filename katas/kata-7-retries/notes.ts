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

/** Note `consumers`: of `work`, as the broker counts them (RabbitMQ). */
export interface ConsumersNote {
  /** Right after the program said that it is healthy, or before it was stopped. */
  readonly when: 'healthy' | 'end';
  readonly consumers: number;
}

/** Note `wave`: after so long without a message, so many at once. */
export interface WaveNote {
  readonly idleMs: number;
}

/** Note `confirms-held`: what the broker said to the worker came so much later. */
export interface HeldNote {
  readonly forMs: number;
  /** Whether there was a confirm to hold back. */
  readonly reached: boolean;
  /** All was done without one: who waits in hand publishes nothing before it gives up. */
  readonly nothingToConfirm: boolean;
}

/** Note `end`. `over`: every message was done or given up. */
export interface EndNote {
  readonly why: 'over' | 'quiet' | 'for-ever' | 'limit';
}
