import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

/** What a postmaster holds outside its folder, so that it can be removed should it be killed. */
export interface SharedMemory {
  readonly files: readonly string[];
  /** The System V segment that guards its data directory. */
  readonly segment: { readonly key: string; readonly id: string } | undefined;
}

/** Read while it runs: nothing tells afterwards. Linux only; elsewhere nothing is known. */
export async function sharedMemoryOf(pid: number, data: string): Promise<SharedMemory> {
  // Some are mapped by its workers alone.
  const processes = [pid, ...(await childrenOf(pid))];
  const files = (await Promise.all(processes.map(mappedFiles))).flat();
  return { files: [...new Set(files)], segment: await guardSegment(data) };
}

/**
 * Removes what a killed server left in shared memory; a server that was shut down has done so
 * itself. Only what no process is attached to any more.
 */
export async function removeSharedMemory({ files, segment }: SharedMemory): Promise<void> {
  for (const file of files.filter((one) => /^\/dev\/shm\/PostgreSQL\.\d+$/.test(one)))
    await rm(file, { force: true }).catch(() => undefined);
  if (segment !== undefined && isAbandoned(segment))
    spawnSync('ipcrm', ['-m', segment.id], { stdio: 'ignore' });
}

/** `/dev/shm/PostgreSQL.2861346190`: its segments of dynamic shared memory. */
async function mappedFiles(pid: number): Promise<string[]> {
  try {
    const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
    return maps.match(/\/dev\/shm\/PostgreSQL\.\d+/g) ?? [];
  } catch {
    return [];
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  try {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Line 7 of postmaster.pid: key and id. */
async function guardSegment(data: string): Promise<SharedMemory['segment']> {
  try {
    const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n');
    const [key, id] = lines[6]?.trim().split(/\s+/) ?? [];
    return key === undefined || id === undefined ? undefined : { key, id };
  } catch {
    return undefined;
  }
}

/** Columns of /proc/sysvipc/shm: key shmid perms size cpid lpid nattch … */
function isAbandoned({ key, id }: { key: string; id: string }): boolean {
  try {
    const rows = readFileSync('/proc/sysvipc/shm', 'utf8').split('\n');
    return rows
      .map((row) => row.trim().split(/\s+/))
      .some((row) => row[0] === key && row[1] === id && row[6] === '0');
  } catch {
    return false;
  }
}
