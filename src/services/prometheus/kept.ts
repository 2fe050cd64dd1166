import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import type { Handle, Kept } from '../../register/kept.js';
import { watchEnd } from '../kept/life.js';
import { ContainerShelf } from './container-shelf.js';
import { shelfOf } from './spec.js';
import type { RunningPrometheus, Shelf } from './types.js';

/** As a service of a run: stopping it is for `plan services down`. */
export function useKeptPrometheus({ record, url, handle }: Kept): RunningPrometheus {
  const watch = handle.kind === 'process' ? watchEnd(handle.process) : undefined;
  const died = new Promise<Error>((resolve) => {
    void watch?.ended.then(() => resolve(new Error(texts(servicesTexts).keptDied)));
  });
  const stop = (): Promise<void> => {
    watch?.cancel();
    return Promise.resolve();
  };
  return { record: { ...record, kept: true }, url, handle, died, stop, shelf: shelfOfKept(handle) };
}

export function shelfOfKept(handle: Handle): Shelf {
  if (handle.kind === 'process') return shelfOf(handle.folder);
  return new ContainerShelf(
    handle.id,
    async () => (await (await import('../docker/client.js')).connectEngine()).docker,
  );
}
