import { undecided, type Finding } from '../../../src/kata/index.js';
import type { Scene } from '../contract.js';
import { poolOf } from '../notes.js';
import { shown, type Story } from '../story.js';

/** 99 of 100 of the lab's own answers may be no later, milliseconds. */
export const mostLateMs = 50;

/** How late the lab's own services were in these acts; 0 where none of them was played. */
export function lateMs({ watches }: Story, scenes: readonly Scene[]): number {
  const pools = scenes.map(poolOf);
  return Math.max(
    0,
    ...watches.filter(({ pool }) => pools.includes(pool)).map(({ lateP99Ms }) => lateP99Ms),
  );
}

/** Nobody is blamed for time that the lab itself may have taken. */
export function unlessLabWasLate(
  story: Story,
  scenes: readonly Scene[],
  finding: Finding,
): Finding {
  const ms = lateMs(story, scenes);
  if (finding.holds !== false || ms <= mostLateMs) return finding;
  const { invariant, rule, margin } = finding;
  const why = {
    en: `the lab's own services were late by ${shown(ms)} ms, and ${mostLateMs} are allowed`,
    es: `los servicios del propio laboratorio se retrasaron ${shown(ms)} ms, y se permiten ${mostLateMs}`,
  };
  return { ...undecided(invariant, rule, why), ...(margin && { margin }) };
}
