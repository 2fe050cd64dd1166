import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../base/make-folders.js';
import { errorCode } from '../base/errors.js';
import { stateFolder } from '../base/folders.js';
import { readOwnFile } from '../base/own-folder.js';
import type { ServiceRecord } from '../kata/run-record.js';
import { byProtocol, serviceNames, type ServiceName } from '../kata/services.js';
import type { Resource } from './entries.js';
import type { ProcessIdentity } from './identity.js';
import { keptFolders } from './places.js';
import type { SharedMemory } from './shared-memory.js';

/** How a server outside this process is known and ended. */
export type Handle =
  | {
      readonly kind: 'process';
      readonly process: ProcessIdentity;
      /** The private instance, removed when the server has ended. */
      readonly folder: string;
      /** What it holds outside that folder, should it be killed. */
      readonly memory?: SharedMemory | undefined;
    }
  | {
      readonly kind: 'container';
      readonly id: string;
      readonly engine?: string;
      /** A broker's; the password in it makes the file one that is closed to others. */
      readonly control?: { readonly host: string; readonly port: number; readonly token: string };
    };

/** A server that `plan services up` started and `plan services down` ends. */
export interface Kept {
  readonly schema: 1;
  readonly record: ServiceRecord;
  /** The admin URL with its password; the file is closed to other users. */
  readonly url: string;
  readonly handle: Handle;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** Undefined where none is kept, or its record cannot be read. */
export function readKept(name: ServiceName): Kept | undefined {
  for (const folder of keptFolders()) {
    try {
      const kept = JSON.parse(readOwnFile(fileOf(folder, name))) as Partial<Kept> | null;
      if (kept?.schema === 1 && kept.url !== undefined && kept.handle !== undefined)
        return kept as Kept;
    } catch (error) {
      if (errorCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/**
 * Whether a server that is kept lives in it: its record is written first, and only then does the
 * register let go of it, so a `plan` that was killed in between has left both.
 */
export function isKept(resource: Resource): boolean {
  return serviceNames.some((name) => {
    const handle = readKept(name)?.handle;
    if (handle?.kind === 'container')
      return resource.kind === 'container' && resource.id === handle.id;
    if (handle === undefined) return false;
    if (resource.kind === 'folder') return resource.path === handle.folder;
    if (resource.kind !== 'process') return false;
    const { pid, start } = handle.process;
    return resource.process.pid === pid && resource.process.start === start;
  });
}

export async function writeKept(kept: Kept): Promise<void> {
  const file = fileOf(path.join(stateFolder(), 'kept'), kept.record.name);
  makeFolders(path.dirname(file), 0o700);
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await rename(aside, file);
}

export async function forgetKept(name: ServiceName): Promise<void> {
  for (const folder of keptFolders())
    await rm(fileOf(folder, name), { force: true }).catch(ignoreClosed);
}

/** A home folder that is closed to this user; nothing of ours can be in there. */
function ignoreClosed(error: unknown): void {
  const code = errorCode(error);
  if (code !== 'EACCES' && code !== 'ENOTDIR' && code !== 'EROFS') throw error;
}

/** `host:port`, by which a server is known again. */
export function serverOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${hostname}:${port || String(byProtocol(protocol)?.port ?? 5432)}`;
}

function fileOf(folder: string, name: ServiceName): string {
  return path.join(folder, `${name}.json`);
}
