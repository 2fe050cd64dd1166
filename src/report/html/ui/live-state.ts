/** What is known of a run under way; the server sends it, and the page shows it. */
export interface LiveState {
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly elapsedMs: number;
  /** What plan said, the newest last. */
  readonly lines: readonly string[];
  /** `act` of the experiment; empty before the first. */
  readonly act: string;
  readonly answers: number;
  /** One for each step, the newest last. */
  readonly perSecond: readonly number[];
  /** Milliseconds; 0 where nothing was answered. */
  readonly p95: readonly number[];
  /** The end of the newest log. */
  readonly log: string;
  /** `<kata>/<name>`, once its record is written. */
  readonly run: string | null;
}
