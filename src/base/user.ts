import { readFileSync } from 'node:fs';
import os from 'node:os';

export function userId(): number {
  return process.getuid?.() ?? os.userInfo().uid;
}

const known = new Map<number, boolean>();

/**
 * True where somebody else may be in a group. Many systems give each user a group of his own, and
 * let it write whatever he makes (umask 002): that is nobody else. Those in root's group are root's
 * own choice.
 */
export function isOthersGroup(gid: number): boolean {
  if (gid === 0) return false;
  const is = known.get(gid) ?? !isPrivate(gid);
  known.set(gid, is);
  return is;
}

/** This user's own, in which the files of this machine know nobody else. */
function isPrivate(gid: number): boolean {
  if (gid !== process.getgid?.()) return false;
  const uid = String(userId());
  const users = rowsOf('/etc/passwd').filter((row) => row[3] === String(gid));
  const name = users.find((row) => row[2] === uid)?.[0];
  const group = rowsOf('/etc/group').find((row) => row[2] === String(gid));
  if (name === undefined || group === undefined) return false;
  const members = (group[3] ?? '').split(',').filter(Boolean);
  return users.every((row) => row[2] === uid) && members.every((member) => member === name);
}

function rowsOf(file: string): string[][] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}
