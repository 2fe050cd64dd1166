import type { ActNote } from '../../kata/acts.js';
import type { Conditions } from './conditions.js';

/** Plays a named part of the experiment between its two notes, or leaves it out. */
export async function playAct<T>(
  { kata, planned, recorder }: Pick<Conditions, 'kata' | 'planned' | 'recorder'>,
  act: string,
  play: () => Promise<T>,
): Promise<T | undefined> {
  if (!Object.hasOwn(kata.acts ?? {}, act))
    throw new Error(`${kata.id} plays the act ${act}, which its acts do not name`);
  if (planned.acts && !planned.acts.includes(act)) return undefined;
  recorder.note('act-began', { act } satisfies ActNote);
  const result = await play();
  recorder.note('act-ended', { act } satisfies ActNote);
  return result;
}
