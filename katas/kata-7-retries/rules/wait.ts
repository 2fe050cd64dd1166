import type { Text } from '../../../src/kata/index.js';
import type { Limits } from '../contract.js';
import type { Charge } from '../story.js';
import type { Pulse } from './pulse.js';

/** From the answer to a failed attempt to the arrival of the next; milliseconds. */
export interface Wait {
  readonly id: string;
  /** Attempts that had failed. */
  readonly failed: number;
  readonly ms: number;
  readonly from: Charge;
  readonly to: Charge;
}

/** What waits are judged by. */
export interface Judge {
  readonly strategy: string;
  readonly limits: Limits;
  readonly pulse: Pulse;
}

export function told({ id, failed, from, to }: Wait): Text {
  return {
    en: `attempt ${failed} of ${id} failed (history line ${from.line}) and attempt ${failed + 1} came (line ${to.line})`,
    es: `el intento ${failed} de ${id} falló (línea ${from.line} del historial) y el intento ${failed + 1} llegó (línea ${to.line})`,
  };
}

export const linesOf = ({ from, to }: Wait): number[] => [from.line, to.line];
export const shown = (ms: number): string => String(Math.round(ms));
