import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../base/errors.js';
import { statFields } from '../../register/identity.js';

/** @returns false where the group has no process any more */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // macOS says EPERM of a group whose only members are waiting for their parent.
    if (errorCode(error) === 'ESRCH' || errorCode(error) === 'EPERM') return false;
    throw error;
  }
}

/** Waits until no process of the group is left. @returns false where some still are */
export async function groupEnds(group: number, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (groupLives(group)) {
    if (performance.now() >= until) return false;
    await sleep(5);
  }
  return true;
}

export function groupLives(group: number): boolean {
  if (!signalGroup(group, 0)) return false;
  // Where nobody collects orphans (PID 1 of many containers), the dead stay members for ever.
  return process.platform !== 'linux' || groupMembers(group).length > 0;
}

/** Linux: pids of the group's living processes. */
export function groupMembers(group: number): number[] {
  return allPids().filter((pid) => isMember(pid, group) === true);
}

/**
 * Linux: the same, for who asks again and again. To read of every process of the machine each time
 * which group it is in takes longer than all else; none comes into a group but as a child of a member.
 */
export function membersOf(group: number): () => number[] {
  let others = new Set<number>();
  return () => {
    const pids = allPids();
    const members: number[] = [];
    const outside = new Set<number>();
    for (const pid of pids) {
      const isIn = others.has(pid) ? false : isMember(pid, group);
      if (isIn === true) members.push(pid);
      else if (isIn === false) outside.add(pid);
    }
    // Without those that have ended: their numbers may come again.
    others = outside;
    return members;
  };
}

function allPids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1);
}

/** False where it is in another group; undefined where it has ended. */
function isMember(pid: number, group: number): boolean | undefined {
  // proc(5): field 3 is the state, field 5 the process group.
  const [state, , processGroup] = statFields(pid) ?? [];
  if (processGroup === undefined || state === 'Z' || state === 'X') return undefined;
  return processGroup === String(group);
}
