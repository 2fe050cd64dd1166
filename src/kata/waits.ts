/** What the lab saw of the database when it waited in vain: for its own statement, or for an answer. */

/** A session of somebody else's, as the server tells of it. */
export interface OtherSession {
  readonly pid: number;
  /** `active`, `idle in transaction`, … */
  readonly state: string;
  /** How long its transaction has been open; null where it has none. */
  readonly openMs: number | null;
  /** Sessions that it waits for. */
  readonly waitsFor: readonly number[];
}

/** Note `lab-blocked`: a statement of the lab's got no answer within its limit. */
export interface BlockedNote {
  /** Its first line, shortened. */
  readonly statement: string;
  readonly waitedMs: number;
  /** In its way all the while, directly or by way of others; empty where nobody was seen. */
  readonly by: readonly OtherSession[];
  /** Sessions of the lab's own were in the way too: then it is nobody else's fault. */
  readonly byLab: boolean;
}

/**
 * Note `starved-at-hang`: as a request had hung, how long its program had been ready to go on while the
 * machine's processors had other work.
 */
export interface StarvedAtHang {
  /** Of the last so many milliseconds. */
  readonly ofMs: number;
  readonly starvedMs: number;
}

/** Note `sessions-at-hang`: what the program's sessions did when a request had hung. */
export interface SessionsAtHang {
  readonly sessions: readonly OtherSession[];
}
