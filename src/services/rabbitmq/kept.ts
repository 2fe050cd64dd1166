import type { Kept } from '../../register/kept.js';
import { adminOfKept } from './admin.js';
import { brokerRecord } from './connection.js';
import { writeRegistries } from './private/control.js';
import { restartableNode } from './private/node.js';
import { readSpec } from './private/spec.js';
import { controlOfKept } from '../kept/control.js';
import type { StartOptions } from '../types.js';
import type { RunningRabbitMq } from './types.js';

/** As a service of a run: stopping it is for `plan services down`; an experiment may, for a while. */
export async function useKeptBroker(
  kept: Kept,
  { signal }: Pick<StartOptions, 'signal'>,
): Promise<RunningRabbitMq> {
  const { record, url, handle } = kept;
  const admin = await adminOfKept(handle);
  const { control, died } = await controlOfKept({
    ...{ kept, signal },
    server: async (folder, parts) =>
      restartableNode({ spec: await readSpec(folder), signal, ...parts }),
    ask: () => brokerRecord(url, { provider: 'docker', kept: true }),
    beforeKill: async () => {
      if (handle.kind === 'container' && handle.control !== undefined)
        await writeRegistries(handle.control);
    },
  });
  return {
    record: { ...record, kept: true },
    url,
    handle,
    admin,
    control,
    died,
    // One that an experiment left lying is kept none the less.
    stop: () => control.start(),
  };
}
