import type { RunningService } from '../types.js';

/** A Prometheus that answers. */
export interface RunningPrometheus extends RunningService {
  readonly shelf: Shelf;
}

/** Where it looks for targets (`*.json`) and rules (`*.rules.yml`), whichever way it came. */
export interface Shelf {
  /** Whole or not at all: it may be read at any moment. */
  write(name: string, text: string): Promise<void>;
  /** No error where it is not there. */
  remove(name: string): Promise<void>;
}
