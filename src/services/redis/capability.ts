import { texts } from '../../i18n/text.js';
import type { WorkQueue } from '../../kata/work-queue.js';
import type { Capability } from '../capability.js';
import { releaseDatabase } from './claims.js';
import { openRedis } from './client/client.js';
import { refusesUs } from './connection.js';
import { freshRedisDatabase } from './fresh.js';
import { redisTexts } from './texts.js';
import type { RunningRedis } from './types.js';
import { redisWays } from './ways.js';

export const redis: Capability<RunningRedis, WorkQueue> = {
  ...redisWays,
  useKept: async (kept, options) => (await import('./kept.js')).useKeptRedis(kept, options),
  async place(server, { label, recorder, signal }) {
    const { control } = server;
    const fresh = await freshRedisDatabase(server, label);
    const { url } = fresh;
    const own = openRedis({ url, control, recorder, signal });
    const end = async (): Promise<void> => {
      await own.close();
      // The next case needs it, where this one has left it lying.
      if (control.possible && !signal.aborted) await control.start();
      await fresh.drop();
    };
    const workQueue = { kind: 'redis-streams', open: () => Promise.resolve(own.queue) } as const;
    return { url, hands: own.queue, workQueue, end };
  },
  async endLeftover({ url, name, index }) {
    if (index !== undefined) await releaseDatabase(url, { index, by: name });
  },
  describe: ({ index, server }) => texts(redisTexts).database(index ?? 0, server),
  refusesUs,
  examine: async (env, found) => (await import('./doctor.js')).examineRedis(env, found),
};
