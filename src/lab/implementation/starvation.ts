import { waitedBy } from './kept-waiting.js';

const lookEveryMs = 1_000;
/** No one asks about longer ago. */
const remembersMs = 30_000;

interface Look {
  readonly at: number;
  /** By process and thread, milliseconds that it has waited for a processor. */
  readonly waited: ReadonlyMap<string, number>;
}

/** How long a program was ready to go on, and the machine's processors had other work. */
export interface Starvation {
  /** Of the last so many milliseconds, by the thread that waited longest; 0 where nobody can tell. */
  within(ms: number): number;
  stop(): void;
}

/** @param members the processes of the program, whenever they are looked at */
export function watchStarvation(members: () => readonly number[]): Starvation {
  if (process.platform !== 'linux') return { within: () => 0, stop: () => undefined };
  let looks: readonly Look[] = [lookAt(members())];
  const timer = setInterval(() => {
    const now = lookAt(members());
    looks = [...looks.filter(({ at }) => at >= now.at - remembersMs), now];
  }, lookEveryMs).unref();
  return {
    within(ms) {
      const now = lookAt(members());
      const before = looks.findLast(({ at }) => at <= now.at - ms) ?? looks[0];
      return Math.min(ms, longestSince(before, now));
    },
    stop: () => clearInterval(timer),
  };
}

function lookAt(pids: readonly number[]): Look {
  const all = pids.flatMap((pid) =>
    [...waitedBy(pid)].map(([thread, ms]) => [`${pid}/${thread}`, ms] as const),
  );
  return { at: performance.now(), waited: new Map(all) };
}

/** Of a thread that is new, all that it has waited. */
function longestSince(before: Look | undefined, now: Look): number {
  const since = [...now.waited].map(([thread, ms]) => ms - (before?.waited.get(thread) ?? 0));
  return Math.max(0, ...since);
}
