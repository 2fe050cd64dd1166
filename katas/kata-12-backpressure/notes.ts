import type { Part, Phase, Scene } from './contract.js';

/** What a producer asked for, as the history has it: `POST /jobs`, or what it published. */
export interface Asked {
  readonly id: string;
  readonly scene: Scene;
  /** Of the overload, or of the act `places`. */
  readonly phase?: Phase | Part;
}

/** What the answer said. */
export interface Answered {
  readonly status: number;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What `GET /jobs/{id}` said; undefined where it knows no such job. */
export interface Told {
  readonly state: 'waiting' | 'done' | 'dropped' | undefined;
}

/** Note `phase`: what is sent from here on belongs to it; `over` after the last. */
export interface PhaseNote {
  readonly phase: Phase | 'over';
}

/** Note `returning`: the client was refused, was told to wait so long, and comes back now. */
export interface Returning {
  /** Of the job that was refused, and of the one that it comes back with. */
  readonly refused: string;
  readonly again: string;
  readonly seconds: number;
}

/** Note `stopping`: SIGTERM with so many jobs accepted and not done, as far as the lab could see. */
export interface Stopping {
  readonly accepted: number;
}

/** Of the dependency in each scene. */
export const dependencyOf = (scene: Scene): string => scene;
