import { setTimeout as sleep } from 'node:timers/promises';
import { writeKept, type Handle, type Kept } from '../../register/kept.js';
import { ContainerControl } from '../docker/control.js';
import { lifeOfKept } from './life.js';
import type { Parts, RestartableServer } from '../private/restartable.js';
import type { ServerControl, StartOptions } from '../types.js';

type Of<Kind extends Handle['kind']> = Extract<Handle, { kind: Kind }>;

interface Wanted extends Pick<StartOptions, 'signal'> {
  readonly kept: Kept;
  /** Of a process: its server, as it was started. */
  readonly server: (
    folder: string,
    parts: Pick<Parts, 'life' | 'onRestart'>,
  ) => Promise<RestartableServer>;
  /** Of a container: asks the service. @throws while it does not answer */
  readonly ask: () => Promise<unknown>;
  /** Of a container: what has to be on its disk before it is killed. */
  readonly beforeKill?: (() => Promise<void>) | undefined;
}

interface Control {
  readonly control: ServerControl;
  readonly died: Promise<Error>;
}

/** What an experiment may do to a broker that `plan services up` keeps. */
export async function controlOfKept(wanted: Wanted): Promise<Control> {
  const { handle } = wanted.kept;
  return handle.kind === 'process'
    ? processControl(handle, wanted)
    : containerControl(handle, wanted);
}

async function processControl(handle: Of<'process'>, { kept, server }: Wanted): Promise<Control> {
  const control = await server(handle.folder, {
    life: lifeOfKept(handle.process),
    onRestart: async (life) => {
      await writeKept({ ...kept, handle: { ...handle, process: life.process } });
      await life.release();
      life.letGo();
    },
  });
  return { control, died: control.died };
}

function containerControl({ id }: Of<'container'>, { ask, beforeKill, signal }: Wanted): Control {
  const control = new ContainerControl({
    name: id,
    beforeKill,
    connect: async () => (await (await import('../docker/client.js')).connectEngine()).docker,
    untilAnswers: () => untilAnswers(ask, signal),
  });
  return { control, died: new Promise(() => undefined) };
}

/** @throws the driver's last error after a minute · the signal's reason */
async function untilAnswers(ask: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (performance.now() > until) throw error;
      await sleep(50, undefined, { signal });
    }
  }
}
