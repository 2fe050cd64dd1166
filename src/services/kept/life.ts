import { setInterval } from 'node:timers';
import { lifeOf, type ProcessIdentity } from '../../register/identity.js';
import type { Life } from '../private/restartable.js';

/** Watches a process that is not a child of this one. */
export function watchEnd(process: ProcessIdentity): { ended: Promise<void>; cancel: () => void } {
  let cancel = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (lifeOf(process) === 'alive') return;
      clearInterval(watch);
      resolve();
    }, 200);
    watch.unref();
    cancel = () => clearInterval(watch);
  });
  return { ended, cancel };
}

/** Of a process that is kept, and so in no register. */
export function lifeOfKept(process: ProcessIdentity): Life {
  return { process, ended: watchEnd(process).ended, release: () => Promise.resolve() };
}
