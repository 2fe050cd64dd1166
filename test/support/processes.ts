import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a `plan` with this state folder has registered as running: for tests of clean ends. */
export function registeredPids(stateHome: string): number[] {
  return entriesOf(stateHome).flatMap((entry) => {
    const pid = /"pid":(\d+)/.exec(entry.split('"resource"')[1] ?? '')?.[1];
    return pid === undefined ? [] : [Number(pid)];
  });
}

/** Names of the register's entries; none are left after a clean end. */
export function registered(stateHome: string): string[] {
  try {
    return readdirSync(registerFolder(stateHome));
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended; its parent just has not looked yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Waits, with a limit, until a condition holds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function registerFolder(stateHome: string): string {
  return path.join(stateHome, 'plan', 'running');
}

function entriesOf(stateHome: string): string[] {
  const folder = registerFolder(stateHome);
  return registered(stateHome).flatMap((name) => {
    try {
      return [readFileSync(path.join(folder, name), 'utf8')];
    } catch {
      return [];
    }
  });
}
