import type {
  FaultDisarmedNote,
  FaultEndedNote,
  FaultNote,
  FaultReachedNote,
} from '../../kata/faults.js';
import type { Recorder } from '../../history/recorder.js';

/** A fault that is going on. */
export interface OpenFault {
  /** It has something to hold. */
  reached(pids?: readonly number[]): void;
  /** Only the first end counts. */
  ended(how: FaultEndedNote['how']): void;
  /** Somebody else has taken it away, for a while at least. */
  disarmed(): void;
}

export interface FaultBegins {
  begin(fault: Omit<FaultNote, 'n'>): OpenFault;
}

/** Numbers the faults of a case and writes them into its history. */
export class FaultLog implements FaultBegins {
  readonly #recorder: Recorder;
  #faults = 0;
  #underWay = 0;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Faults that have begun and not ended. */
  get underWay(): number {
    return this.#underWay;
  }

  /** The same, for the faults of one role. */
  ofRole(role: string | undefined): FaultBegins {
    if (role === undefined) return this;
    return { begin: (fault) => this.begin({ ...fault, role }) };
  }

  begin(fault: Omit<FaultNote, 'n'>): OpenFault {
    const n = this.#faults;
    this.#faults += 1;
    this.#recorder.note('fault', { n, ...fault } satisfies FaultNote);
    let over = fault.kind === 'cut';
    if (!over) this.#underWay += 1;
    return {
      reached: (pids) => {
        const note = { n, ...(pids && { pids }) } satisfies FaultReachedNote;
        this.#recorder.note('fault-reached', note);
      },
      ended: (how) => {
        if (over) return;
        over = true;
        this.#underWay -= 1;
        this.#recorder.note('fault-ended', { n, how } satisfies FaultEndedNote);
      },
      disarmed: () => {
        const { target } = fault;
        this.#recorder.note('fault-disarmed', { n, target } satisfies FaultDisarmedNote);
      },
    };
  }
}
