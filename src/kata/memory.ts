/** What all of an experiment held at once, when it was most. Bytes. */
export interface MemoryPeak {
  readonly bytes: number;
  /** This program, and what it has started beside programs and services. */
  readonly lab: number;
  readonly programs: number;
  /** Left out where they are no processes of this machine: in containers, or somebody else's. */
  readonly services?: number;
}
