import type { Scene } from './contract.js';

/** When a request was sent: before the trouble, in it, after it. */
export const parts = ['quiet', 'trouble', 'after'] as const;
export type Part = (typeof parts)[number];

/**
 * Whom a request is from. `crowd`: one of many. `hasty`: one of them that hangs up long before its time
 * is over. The others are in the flood alone.
 */
export const sorts = [
  'crowd',
  'hasty',
  'polite',
  'flooding',
  'bursting',
  'patient',
  'stranger',
] as const;
export type Sort = (typeof sorts)[number];

/** What a request asked for, as the history has it. */
export interface Asked {
  readonly id: string;
  readonly scene: Scene | 'warm-up';
  readonly part: Part;
  readonly sort: Sort;
  /** Its key. */
  readonly client: string;
  /** How long the client waits, milliseconds, and whether it says so. */
  readonly withinMs: number;
  readonly says: boolean;
  /** 1 for the first. */
  readonly attempt: number;
}

/** What the answer said. */
export interface Answered {
  readonly status: number;
  readonly value?: number;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** Note `part`: it begins here. */
export interface PartNote {
  readonly scene: Scene;
  readonly part: Part;
}

export const poolOf = (scene: Scene): string => scene;
