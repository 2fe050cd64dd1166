import path from 'node:path';
import { hashSources } from '../base/hash.js';
import type { Evidence, Progress } from './progress.js';

/**
 * What the evidence of a tick is worth today. `fresh`: the implementation is still the one that the
 * run judged. `stale`: it changed since. `gone`: it is no longer there, or may not be read.
 */
export type EvidenceState = 'hand' | 'fresh' | 'stale' | 'gone';

/** @param hash of the sources at an absolute path; rejects where they can't be read */
export async function stateOfEvidence(
  root: string,
  evidence: Evidence | undefined,
  hash: (path: string) => Promise<string> = hashSources,
): Promise<EvidenceState> {
  // What somebody has found out once does not go stale.
  if (evidence?.by === 'mystery') return 'fresh';
  if (evidence?.by !== 'run') return 'hand';
  const { implementation, roles } = evidence;
  // Of a system `implementation` is all of it together, and its hash no file's.
  const programs = roles ? Object.values(roles) : [implementation];
  try {
    const now = await Promise.all(programs.map((one) => hash(path.resolve(root, one.path))));
    return programs.every((one, at) => one.hash === now[at]) ? 'fresh' : 'stale';
  } catch {
    return 'gone';
  }
}

/** The state of every item that is done, by id. Each implementation is hashed once. */
export async function statesOfEvidence(
  root: string,
  { items }: Progress,
  hash: (path: string) => Promise<string> = hashSources,
): Promise<ReadonlyMap<string, EvidenceState>> {
  const known = new Map<string, Promise<string>>();
  const once = (place: string): Promise<string> => {
    const found = known.get(place) ?? hash(place);
    known.set(place, found);
    return found;
  };
  const states = Object.entries(items).map(
    async ([id, { evidence }]) => [id, await stateOfEvidence(root, evidence, once)] as const,
  );
  return new Map(await Promise.all(states));
}
