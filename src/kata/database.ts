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
