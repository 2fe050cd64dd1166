/** What a client asked for. */
export interface Sent {
  readonly order: string;
  readonly sku: string;
  readonly quantity: number;
}

/** Note `rows`: what the worker's tables hold at the end. */
export interface Rows {
  readonly rows: readonly Row[];
}

export interface Row {
  readonly id: string;
  /** Microseconds since 1970, by the clock of the database. */
  readonly storedUs: number;
  readonly parcels: number;
}

/** Note `metrics`: what a role's `/metrics` said as the load was over. */
export interface Metrics {
  readonly role: string;
  readonly samples: readonly Sample[];
}

/** Of a histogram: how often, and seconds in all. */
export interface Sample {
  readonly name: string;
  /** As they stand between the braces. */
  readonly labels: string;
  readonly count: number;
  readonly sum: number;
}
