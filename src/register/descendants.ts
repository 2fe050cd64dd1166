import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers';
import { identify, lifeOf, type ProcessIdentity } from './identity.js';

const betweenLooksMs = 100;
/** Of the time between two looks, the looks take no more than one part in so many. */
const share = 100;

/**
 * What a process has started, and what that has started, and so on: written down while it can be
 * seen, for whoever's parent has ended belongs to nobody. Linux only; elsewhere nothing is known.
 */
export interface Descendants {
  /** Looks now: just before something ends of which they could be orphans. */
  look(): void;
  /** Those that run, whatever they have become. */
  living(): ProcessIdentity[];
  /** No further looks by itself. */
  stop(): void;
}

export function followDescendants(root: number): Descendants {
  const known = new Map<number, ProcessIdentity>();
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    for (const pid of childrenOf(root)) take(pid);
    for (const one of [...known.values()])
      if (lifeOf(one) === 'alive') childrenOf(one.pid).forEach(take);
      else known.delete(one.pid);
  };
  const take = (pid: number): void => {
    if (known.has(pid)) return;
    const found = identify(pid);
    if (found === undefined) return;
    known.set(pid, found);
    childrenOf(pid).forEach(take);
  };
  const lookOn = (): void => {
    const begun = performance.now();
    look();
    const tookMs = performance.now() - begun;
    timer = setTimeout(lookOn, Math.max(betweenLooksMs, tookMs * share)).unref();
  };

  if (process.platform === 'linux') lookOn();
  return {
    look: () => {
      if (process.platform === 'linux') look();
    },
    living: () => [...known.values()].filter((one) => lifeOf(one) === 'alive'),
    stop: () => clearTimeout(timer),
  };
}

/** Of all its threads; none where it has ended, or the kernel does not tell. */
function childrenOf(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    return tasks.flatMap((task) => {
      const words = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
      return words === '' ? [] : words.split(' ').map(Number);
    });
  } catch {
    return [];
  }
}
