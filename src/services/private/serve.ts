import type { ServiceRecord } from '../../kata/run-record.js';
import type { ServerControl, RunningService, StartOptions } from '../types.js';
import type { Instance } from './instance.js';
import { killServer, type Launched } from './launch.js';
import type { RestartableServer } from './restartable.js';

interface Serving<More> {
  readonly instance: Instance;
  readonly launched: Launched;
  readonly server: RestartableServer;
  readonly url: string;
  readonly record: () => Promise<ServiceRecord>;
  readonly keep: StartOptions['keep'];
  /** What the service offers besides. */
  readonly more: More;
}

type Served<More> = RunningService & { readonly control: ServerControl } & More;

/**
 * A server of ours that answers, as a service; kept, it leaves the register.
 * @throws what `record` or `keep` throws; its process is ended then, and its folder is the caller's
 */
export async function serveInstance<More>({
  instance,
  launched,
  server,
  url,
  record,
  keep,
  more,
}: Serving<More>): Promise<Served<More>> {
  try {
    const end = async (): Promise<void> => {
      await server.kill();
      await instance.remove();
    };
    let stopped: Promise<void> | undefined;
    const service: Served<More> = {
      ...more,
      record: await record(),
      url,
      control: server,
      died: server.died,
      handle: { kind: 'process', process: launched.process, folder: instance.folder },
      // What it holds goes with it, so there is nothing to shut down in good order.
      stop: () => (stopped ??= end()),
    };
    if (keep !== undefined) {
      // Written down elsewhere first, so that at no moment nobody knows of it.
      await keep(service);
      await Promise.all([instance.release(), launched.release()]);
      launched.letGo();
    }
    return service;
  } catch (error) {
    await killServer(launched.process);
    await launched.release();
    throw error;
  }
}
