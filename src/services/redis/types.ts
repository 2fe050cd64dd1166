import type { RunningService, ServerControl } from '../types.js';

/** A Redis that answers. */
export interface RunningRedis extends RunningService {
  readonly control: ServerControl;
}
