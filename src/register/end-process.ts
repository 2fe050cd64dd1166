import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../base/errors.js';
import { userId } from '../base/user.js';
import { judgePlace, lifeOf, ownerOf, statFields, type ProcessIdentity } from './identity.js';
import { endMarked } from './marked.js';

interface Ending {
  readonly process: ProcessIdentity;
  readonly group: boolean;
  readonly stopSignal: NodeJS.Signals;
  /** What it started carries this, also what has left the group. */
  readonly nonce?: string;
  /** How long it may take after the stop signal, milliseconds. */
  readonly patience?: number;
  /** False: no SIGKILL where the stop signal does not help. */
  readonly insist?: boolean;
}

/**
 * Ends a process known by pid and start time, and with `group` all of its process group: the stop
 * signal first, SIGKILL where that does not help.
 * @returns false where it still runs; a process that is not there has ended already
 * @throws EPERM where it belongs to another user, or to another than the one it was written down with
 */
export async function endProcess(ending: Ending): Promise<boolean> {
  const { patience = 5_000, insist = true } = ending;
  if (lifeOf(ending.process) !== 'alive') return endRest(ending);
  if (!mayBeEnded(ending.process)) throw notOurs(ending.process);
  send(ending, ending.stopSignal);
  if (await hasEnded(ending, patience)) return endRest(ending);
  if (!insist) return false;
  send(ending, 'SIGKILL');
  return (await hasEnded(ending, 2_000)) && endRest(ending);
}

/** Members of the group that outlived its leader, and what has left the group. */
async function endRest(ending: Ending): Promise<boolean> {
  await endOrphans(ending);
  const { process: leader, nonce } = ending;
  // A start means nothing in another boot.
  if (nonce === undefined || judgePlace(leader.place) !== 'here') return true;
  await endMarked({ nonce, since: leader.start }, { untilMs: () => 0 });
  return true;
}

/**
 * It belongs to whom it belonged when it was written down, or bears our mark. Root could end
 * anybody's process, so pid and start alone are not enough. An earlier version wrote no owner down,
 * and its servers must not run for ever: what root's own register says of them is believed.
 */
function mayBeEnded(process: ProcessIdentity): boolean {
  const { pid, uid } = process;
  const owner = ownerOf(pid);
  if (uid === undefined && userId() === 0) return true;
  return (
    owner === (uid ?? userId()) ||
    isOurs(pid) ||
    (owner === undefined && lifeOf(process) !== 'alive')
  );
}

function notOurs({ pid }: ProcessIdentity): Error {
  return Object.assign(new Error(`process ${pid} is another user's`), { code: 'EPERM' });
}

function send({ process: { pid }, group }: Ending, signal: NodeJS.Signals): void {
  kill(group ? -pid : pid, signal);
}

function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function hasEnded({ process }: Ending, patience: number): Promise<boolean> {
  const until = performance.now() + patience;
  while (lifeOf(process) === 'alive') {
    if (performance.now() > until) return false;
    await sleep(10);
  }
  return true;
}

const orphanLooks = 10;

/** One that is just becoming another program has no environment for a moment: so look again. */
async function endOrphans({ process: leader, group }: Ending): Promise<void> {
  if (!group || process.platform !== 'linux') return;
  for (let looks = 0; looks < orphanLooks; looks += 1) {
    const members = groupMembers(leader.pid);
    for (const pid of members) if (isOurs(pid)) kill(pid);
    if (!members.some(isChanging)) return;
    await sleep(20);
  }
}

function groupMembers(group: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      // proc(5): field 3 is the state, field 5 the process group.
      const fields = pid > 1 ? statFields(pid) : undefined;
      return fields?.[5 - 3] === String(group) && fields[0] !== 'Z';
    });
}

function isChanging(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`).length === 0;
  } catch {
    return false;
  }
}

/**
 * The number of a group may be given out again once all of the group is gone, so it proves nothing;
 * the variable that every implementation, or service of ours, inherits does.
 */
function isOurs(pid: number): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    return environment.some((variable) => /^PLAN_(STRATEGY|SERVICE)=/.test(variable));
  } catch {
    return false;
  }
}
