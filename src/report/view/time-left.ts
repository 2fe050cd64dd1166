export interface TimeLeft {
  /** Of the bar. */
  readonly filled: number;
  /** Whole seconds, at least 1; undefined once it takes longer than it did. */
  readonly seconds: number | undefined;
}

/**
 * Pure: how far a run is, going by how long such a one took before. A bar that is full before the end
 * would be a lie, so its last place stays empty.
 */
export function timeLeft(elapsedMs: number, expectedMs: number, width: number): TimeLeft {
  const share = Math.min(1, elapsedMs / expectedMs);
  const left = expectedMs - elapsedMs;
  return {
    filled: Math.min(width - 1, Math.floor(share * width)),
    seconds: left > 0 ? Math.ceil(left / 1000) : undefined,
  };
}
