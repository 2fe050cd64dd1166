/** How long to wait once so many attempts have failed, milliseconds. */
export type Backoff = (failed: number) => number;

export interface Limits {
  readonly baseMs: number;
  readonly capMs: number;
}
