import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../../base/make-folders.js';
import { register } from '../../../register/register.js';
import { runProgram } from './program.js';
import type { Template } from './template.js';
import type { ServiceUser } from '../../private/user.js';

/** A private copy of a template: what one server uses, removed with it. */
export interface Instance {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly password: string;
  /** Takes the folder out of the register without removing it. */
  readonly release: () => Promise<void>;
  remove(): Promise<void>;
}

interface Making {
  readonly home: string;
  readonly template: Template;
  readonly user: ServiceUser | undefined;
  readonly signal: AbortSignal;
}

/** @throws ProgramFailure where the template cannot be copied */
export async function makeInstance({ home, template, user, signal }: Making): Promise<Instance> {
  const folder = path.join(home, 'instances', `${process.pid}-${randomBytes(4).toString('hex')}`);
  const release = await register({ kind: 'folder', path: folder });
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    await release();
  };
  const data = path.join(folder, 'data');
  try {
    await makePlaces(folder, data, user);
    // cp takes 1,000 small files over in a third of the time of node:fs, and clones where it can.
    await runProgram('cp', [...copyFlags(), `${template.data}/.`, data], { user, signal });
    // A template that was ever started and killed would claim to be running.
    await rm(path.join(data, 'postmaster.pid'), { force: true });
  } catch (error) {
    await remove();
    throw error;
  }
  const log = path.join(folder, 'server.log');
  return { folder, data, log, password: template.password, release, remove };
}

async function makePlaces(folder: string, data: string, user?: ServiceUser): Promise<void> {
  const open = user === undefined ? 0o700 : 0o755;
  for (const place of [path.dirname(folder), folder]) {
    if (makeFolders(place, open) !== undefined) await chmod(place, open);
  }
  await mkdir(data, { mode: 0o700 });
  if (user !== undefined) await chown(data, user.uid, user.gid);
}

function copyFlags(): string[] {
  return process.platform === 'darwin' ? ['-cRp'] : ['-Rp'];
}
