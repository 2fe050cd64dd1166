import { forbearing, type Kind, type Limits } from './contract.js';

export type { Kind } from './contract.js';

/** Parts of the acts; each has a program and dependencies of its own. */
export const scenes = [
  'outage',
  'healthy',
  'low-volume',
  'client-errors',
  'neighbours',
  'slow',
  'late',
  'late-failures',
  'probes',
  'unknown',
  'neighbour-stuck',
  'late-probes',
  'nearly',
  'good-late',
  'hung-up',
] as const;
/** `warm-up`: before a scene begins; not judged but for being true. */
export type Scene = (typeof scenes)[number] | 'warm-up';

/** Where it is not about slow calls. */
const unhurried: readonly Scene[] = [
  ...(['healthy', 'low-volume', 'client-errors', 'neighbours'] as const),
  ...(['probes', 'unknown', 'nearly', 'good-late', 'hung-up'] as const),
];

/** Where calls are to time out, and what is only slow is not to fail. */
const timingOut: readonly Scene[] = ['late', 'late-failures', 'late-probes'];

/** What the programs of a scene are told. */
export function limitsIn(scene: Scene, limits: Limits): Limits {
  if (unhurried.includes(scene)) return { ...limits, ...forbearing };
  if (!timingOut.includes(scene)) return limits;
  return { ...limits, slowMs: Math.max(limits.slowMs, Math.round(0.9 * limits.timeoutMs)) };
}

/** Two programs, one behind the other: their requests are counted, and nothing is judged. */
export const layered = 'layered';

/** What a request asked for, as the history has it. */
export interface Asked {
  readonly id: string;
  readonly scene: Scene;
}

/** What the answer said. */
export interface Answered {
  readonly status: number;
  readonly source?: 'live' | 'fallback';
  readonly price?: number | null;
  /** Seconds, of a rejection. */
  readonly retryAfter?: number;
}

/** Of the dependency in each scene. */
export const dependencyOf = (scene: Scene, kind: Kind): string => `${scene}/${kind}`;
