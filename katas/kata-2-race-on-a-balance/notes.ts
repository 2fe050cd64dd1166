export interface Asked {
  account: string;
  kind: 'deposit' | 'withdrawal' | 'read';
  amount: number;
}

/** Nothing is under way; the next operation on each of these accounts reads its balance. */
export interface Rest {
  /** Left out by runs that are older: all of them. */
  readonly accounts?: readonly string[];
}

/** A body that is no amount, sent as it stands. */
export interface Malformed {
  readonly account: string;
  readonly body: string;
}
