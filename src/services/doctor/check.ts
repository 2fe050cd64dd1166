/**
 * `ok`: here and works. `note`: works, and yet there is something to say. `optional`: not here,
 * and not needed. `missing`: the main job needs it.
 */
export type CheckState = 'ok' | 'note' | 'optional' | 'missing';

/** One thing that the doctor looked at. */
export interface Check {
  /** Stable, for `--json`. */
  readonly id: string;
  readonly title: string;
  readonly state: CheckState;
  /** What was found, in the learner's language. */
  readonly detail: string;
  /** The command that mends it. */
  readonly mend?: string | undefined;
}
