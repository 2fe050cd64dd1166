import { findKata, type KataOnDisk } from '../../kata/discover.js';
import type { MysterySpec } from '../../kata/mystery.js';
import { readMysteries, type Mysteries } from '../../plan/mysteries.js';
import { findRoot } from '../../plan/root.js';

/** What every `plan mystery` works on. */
export interface Desk {
  /** The learner's, or where it was typed. */
  readonly root: string;
  readonly found: KataOnDisk;
  readonly spec: MysterySpec;
  readonly mysteries: Mysteries;
}

export async function openDesk(root = findRoot(process.cwd()) ?? process.cwd()): Promise<Desk> {
  const found = await findKata('mystery');
  const { mystery: spec } = found.kata;
  if (spec === undefined) throw new Error('the kata of mysteries hides nothing');
  return { root, found, spec, mysteries: await readMysteries(root) };
}
