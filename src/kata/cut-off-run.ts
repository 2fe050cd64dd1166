import type { Counts, RunRecord } from './run-record.js';

/** What a run has left that never came to its end: `plan` was killed, or its machine went down. */
export interface CutOffRun extends Pick<
  RunRecord,
  'kata' | 'kataFolder' | 'startedAt' | 'folder' | 'command' | 'seed' | 'plan'
> {
  readonly outcome: 'cut-off';
  readonly cases: readonly CutOffCase[];
}

/** A case as its history tells of it; there is no verdict. */
export interface CutOffCase {
  readonly index: number;
  readonly slug: string;
  /** `over`: it had ended before the run was cut off. */
  readonly state: 'over' | 'under-way' | 'not-begun';
  readonly events: number;
  readonly counts: Counts;
  /** Milliseconds from its beginning to the last event; null where there is none. */
  readonly lastMs: number | null;
  /** In which act it was, where the experiment has acts. */
  readonly act?: string;
}
