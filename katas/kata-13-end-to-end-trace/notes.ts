/** What a client sent along. */
export interface Sent {
  readonly order: string;
  readonly act: string;
  readonly sku: string;
  /** As it stood in the header; left out where none was sent. */
  readonly requestId?: string;
  readonly traceparent?: string;
  /** `newer-flags`: sampled, with a flag beside it that older SDKs take for invalid. */
  readonly context: 'none' | 'sampled' | 'newer-flags' | 'not-sampled' | 'invalid';
}

/** What a 202 said. */
export interface Accepted {
  readonly id: string;
  /** Of the header `x-request-id`; null where none came. */
  readonly requestId: string | null;
}

/** Note `log`: what a role wrote, as the experiment ended. */
export interface LogNote {
  readonly role: string;
  /** All there were. */
  readonly lines: number;
  /** Those that name an order of the experiment's. */
  readonly told: readonly string[];
}

/** Note `scraped`: what a role's `/metrics` said. */
export interface Scraped {
  readonly role: string;
  readonly when: 'before-flood' | 'end';
  /** Series in all, whatever they are about. */
  readonly series: number;
  /** Those of the kata's own metrics. */
  readonly samples: readonly Sample[];
  /** Of the kata's own, how many more there were. */
  readonly leftOut: number;
  /** Lines that are none of the text format. */
  readonly unreadable: readonly string[];
  /** Of the kata's own: a second TYPE or HELP, one after its samples, a line apart from the others. */
  readonly misplaced?: readonly string[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As it was written: `+Inf` is no number of JSON. */
  readonly value: number;
}

/** Note `held`: a statement was kept waiting by a lock of the lab's. */
export interface Held {
  readonly order: string;
  readonly met: boolean;
  /** From when it was seen to wait until it could go on: it waited at least so long. */
  readonly ms: number;
}

/** Note `stopped`: a role was told to end, right after it was asked for this order or with it in hand. */
export interface StoppedNote {
  readonly role: string;
  readonly order: string;
}

/** Note `unconfirmed`: the broker's confirm of an order was held back, and whether it was answered. */
export interface Unconfirmed {
  readonly order: string;
  /** The api's connection stood at the confirm. */
  readonly met: boolean;
  /** It was answered before the broker could say that it has it. */
  readonly answered: boolean;
}

/** Note `again`: the lab put the message of an order into the queue once more. */
export interface Again {
  readonly order: string;
}

/** Note `rows`: what the worker's table holds at the end. */
export interface Rows {
  readonly rows: readonly { readonly id: string; readonly request_id: string | null }[];
}

/** Note `slo`: what Prometheus made of a steady load with trouble in it. Milliseconds since 1970. */
export interface SloNote {
  /** It had looked at both programs before the load began. */
  readonly isSeen: boolean;
  readonly from: number;
  readonly until: number;
  /** The broker confirmed so late, in these times. */
  readonly lateMs: number;
  readonly spike: { readonly from: number; readonly until: number };
  readonly outage: { readonly from: number; readonly until: number };
  /** The rule file, as it was evaluated. */
  readonly rules: string;
  /** Raw counters of orders: all, and those in time and without a fault. */
  readonly before: { readonly all: number; readonly good: number };
  readonly after: { readonly all: number; readonly good: number };
  /** Moments at which the page was firing. */
  readonly firing: readonly number[];
  /** When Prometheus looked at the edge. */
  readonly looks: readonly number[];
  /** The share of bad orders over the long window and over the short one. */
  readonly burnt: readonly (readonly [at: number, share: number])[];
  readonly burntShort: readonly (readonly [at: number, share: number])[];
}

/** Note `strayed`: how many requests for unknown paths were answered with 404. */
export interface Strayed {
  readonly answered: number;
}

/** The note `exemplars`: what Prometheus has of the histogram's that leads from a bucket to a trace. */
export interface ExemplarsNote {
  readonly traces: readonly { readonly id: string; readonly seconds: number }[];
}
