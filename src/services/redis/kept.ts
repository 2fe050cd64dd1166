import type { Kept } from '../../register/kept.js';
import { controlOfKept } from '../kept/control.js';
import { redisRecord } from './connection.js';
import { restartableRedis } from './server.js';
import { readSpec } from './spec.js';
import type { StartOptions } from '../types.js';
import type { RunningRedis } from './types.js';

/** As a service of a run: stopping it is for `plan services down`; an experiment may, for a while. */
export async function useKeptRedis(
  kept: Kept,
  { signal }: Pick<StartOptions, 'signal'>,
): Promise<RunningRedis> {
  const { record, url, handle } = kept;
  const { control, died } = await controlOfKept({
    ...{ kept, signal },
    server: async (folder, parts) =>
      restartableRedis({ spec: await readSpec(folder), signal, ...parts }),
    ask: () => redisRecord(url, { provider: 'docker', kept: true }),
  });
  return {
    record: { ...record, kept: true },
    ...{ url, handle, control, died },
    // One that an experiment left lying is kept none the less.
    stop: () => control.start(),
  };
}
