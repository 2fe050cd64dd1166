import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import type { Kept } from '../../register/kept.js';
import { watchEnd } from '../kept/life.js';
import type { RunningService } from '../types.js';

/** As a service of a run: stopping it is for `plan services down`. */
export function useKeptPostgres({ record, url, handle }: Kept): RunningService {
  const watch = handle.kind === 'process' ? watchEnd(handle.process) : undefined;
  const died = new Promise<Error>((resolve) => {
    void watch?.ended.then(() => resolve(new Error(texts(servicesTexts).keptDied)));
  });
  const stop = (): Promise<void> => {
    watch?.cancel();
    return Promise.resolve();
  };
  return { record: { ...record, kept: true }, url, handle, died, stop };
}
