import { randomBytes } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../base/make-folders.js';
import { register } from '../../register/register.js';
import type { ServiceUser } from './user.js';

/** What one server uses, removed with it. */
export interface Instance {
  readonly folder: string;
  /** Takes the folder out of the register without removing it. */
  readonly release: () => Promise<void>;
  remove(): Promise<void>;
}

interface Making {
  readonly home: string;
  readonly user: ServiceUser | undefined;
}

export async function makeInstance({ home, user }: Making): Promise<Instance> {
  const folder = path.join(home, 'instances', `${process.pid}-${randomBytes(4).toString('hex')}`);
  const release = await register({ kind: 'folder', path: folder });
  const open = user === undefined ? 0o700 : 0o755;
  for (const place of [path.dirname(folder), folder]) {
    if (makeFolders(place, open) !== undefined) await chmod(place, open);
  }
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    await release();
  };
  return { folder, release, remove };
}
