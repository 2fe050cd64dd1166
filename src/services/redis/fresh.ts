import { serverOf } from '../../register/kept.js';
import { register, type Release } from '../../register/register.js';
import { freshName } from '../private/fresh-name.js';
import { claimDatabase, releaseDatabase } from './claims.js';
import { isRefusal } from './connection.js';
import type { RunningRedis } from './types.js';

interface FreshRedis {
  /** With the password; its path is the number. */
  readonly url: string;
  /** Empties it. No error where the server is gone. */
  drop(): Promise<void>;
}

/**
 * An empty database, claimed for one case. On a server that outlives this program it is in the
 * register, so that a killed run leaves none.
 * @throws PlanError `no-redis-database` (exit 4) · the driver's error
 */
export async function freshRedisDatabase(
  { url, record }: RunningRedis,
  label: string,
): Promise<FreshRedis> {
  const by = freshName(label);
  const ofOthers = record.provider === 'url';
  let release: Release | undefined;
  const before = async (index: number) => {
    if (record.kept || ofOthers) {
      const service = record.kept ? 'kept' : 'url';
      const server = serverOf(url);
      release = await register({ kind: 'place', of: 'redis', name: by, index, service, server });
    }
    return { forget: () => release?.() ?? Promise.resolve() };
  };
  let index: number;
  try {
    index = await claimDatabase(url, by, before);
  } catch (error) {
    await release?.();
    throw error;
  }
  const own = new URL(url);
  own.pathname = `/${index}`;
  const drop = async (): Promise<void> => {
    try {
      await releaseDatabase(url, { index, by }, !ofOthers);
    } catch (error) {
      // The server is gone. On one that is not ours a later `plan` empties it: the entry stays.
      if (await isRefusal(error)) throw error;
      return;
    }
    await release?.();
  };
  return { url: own.href, drop };
}
