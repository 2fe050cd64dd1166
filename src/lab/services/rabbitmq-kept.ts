import { setTimeout as sleep } from 'node:timers/promises';
import { writeKept, type Handle, type Kept } from '../running/kept.js';
import { adminOfKept } from './broker/admin.js';
import { brokerRecord } from './broker/connection.js';
import { BrokerNode, type Life } from './broker/node.js';
import { readSpec } from './broker/spec.js';
import { ContainerControl } from './docker-control.js';
import { watchEnd } from './kept.js';
import type { BrokerControl, RunningBroker, StartOptions } from './types.js';

type Options = Pick<StartOptions, 'signal'>;
type Of<Kind extends Handle['kind']> = Extract<Handle, { kind: Kind }>;

/** As a service of a run: stopping it is for `plan services down`; an experiment may, for a while. */
export async function useKeptBroker(kept: Kept, options: Options): Promise<RunningBroker> {
  const { record, url, handle } = kept;
  const admin = await adminOfKept(handle);
  const { control, died } =
    handle.kind === 'process'
      ? await processControl(kept, handle, options)
      : containerControl(kept, handle, options);
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

interface Control {
  readonly control: BrokerControl;
  readonly died: Promise<Error>;
}

async function processControl(
  kept: Kept,
  handle: Of<'process'>,
  { signal }: Options,
): Promise<Control> {
  const node = new BrokerNode({
    spec: await readSpec(handle.folder),
    life: lifeOfKept(handle.process),
    signal,
    onRestart: async (life) => {
      await writeKept({ ...kept, handle: { ...handle, process: life.process } });
      await life.release();
      life.letGo();
    },
  });
  return { control: node, died: node.died };
}

function lifeOfKept(process: Life['process']): Life {
  return { process, ended: watchEnd(process).ended, release: () => Promise.resolve() };
}

function containerControl(
  { url }: Kept,
  { id, control: door }: Of<'container'>,
  { signal }: Options,
): Control {
  if (door === undefined) throw new Error('the kept broker has no control port');
  const control = new ContainerControl({
    name: id,
    door,
    connect: async () => (await (await import('./docker-client.js')).connectEngine()).docker,
    untilAnswers: () => untilOpen(url, signal),
  });
  return { control, died: new Promise(() => undefined) };
}

/** @throws the driver's last error after a minute · the signal's reason */
async function untilOpen(url: string, signal: AbortSignal): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    try {
      await brokerRecord(url, { provider: 'docker', kept: true });
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (performance.now() > until) throw error;
      await sleep(50, undefined, { signal });
    }
  }
}
