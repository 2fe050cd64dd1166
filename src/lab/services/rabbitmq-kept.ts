import { writeKept, type Kept } from '../running/kept.js';
import { adminOfKept } from './broker/admin.js';
import { BrokerNode, type Life } from './broker/node.js';
import { readSpec } from './broker/spec.js';
import { watchEnd } from './kept.js';
import type { RunningBroker, StartOptions } from './types.js';

/** As a service of a run: stopping it is for `plan services down`; an experiment may, for a while. */
export async function useKeptBroker(
  kept: Kept,
  { signal }: Pick<StartOptions, 'signal'>,
): Promise<RunningBroker> {
  const { record, url, handle } = kept;
  const admin = await adminOfKept(handle);
  if (handle.kind !== 'process') throw new Error('not yet');
  const node = new BrokerNode({
    spec: await readSpec(handle.folder),
    life: lifeOfKept(handle.process),
    signal,
    async onRestart(life) {
      await writeKept({ ...kept, handle: { ...handle, process: life.process } });
      await life.release();
      life.letGo();
    },
  });
  return {
    record: { ...record, kept: true },
    url,
    handle,
    admin,
    control: node,
    died: node.died,
    // One that an experiment left lying is kept none the less.
    stop: () => node.start(),
  };
}

function lifeOfKept(process: Life['process']): Life {
  return { process, ended: watchEnd(process).ended, release: () => Promise.resolve() };
}
