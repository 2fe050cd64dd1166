import type { Text } from '../i18n/text.js';

/** A named part of an experiment, with the rules that it can break. */
export interface Act {
  readonly title: Text;
  /** Invariants that are judged only where one of the acts that can break them was played. */
  readonly breaks: readonly string[];
  /** Conditions of the coverage that only this act brings about. */
  readonly covers: readonly string[];
  /**
   * Where it came to nothing, as on a busy machine, it is played again: nothing of it may be left in
   * the experiment that the next time would meet.
   */
  readonly again?: true;
}

export type Acts = Readonly<Record<string, Act>>;

/**
 * Notes `act-began` and `act-ended`: what happens in between belongs to the act. After `act-again` it is
 * void: the act is played once more.
 */
export interface ActNote {
  readonly act: string;
}

/**
 * Which rules and conditions count where only some acts were played. What no act names always does.
 * @param played undefined: the whole experiment
 */
export function countsIn(
  acts: Acts,
  played: readonly string[] | undefined,
): {
  readonly rule: (invariant: string) => boolean;
  readonly condition: (name: string) => boolean;
} {
  if (played === undefined) return { rule: () => true, condition: () => true };
  const isPlayed = ([name]: [string, Act]): boolean => played.includes(name);
  const countsAs =
    (namesOf: (act: Act) => readonly string[]) =>
    (name: string): boolean => {
      const owners = Object.entries(acts).filter(([, act]) => namesOf(act).includes(name));
      return owners.length === 0 || owners.some(isPlayed);
    };
  return { rule: countsAs(({ breaks }) => breaks), condition: countsAs(({ covers }) => covers) };
}
