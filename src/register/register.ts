import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../base/make-folders.js';
import { errorMessage, exitCodes, PlanError } from '../base/errors.js';
import { stateFolder } from '../base/folders.js';
import { runningTexts } from '../i18n/running.js';
import { texts } from '../i18n/text.js';
import { entryName, type Entry, type Resource } from './entries.js';
import { identify, thisProcess } from './identity.js';

/** What can be registered; a process by its pid, whose start is looked up here. */
export type Registrable =
  | Exclude<Resource, { kind: 'process' }>
  | {
      readonly kind: 'process';
      readonly pid: number;
      /** It was started `detached` and leads a group of its own: end all of the group. */
      readonly group?: boolean;
      /** Default: SIGTERM. */
      readonly stopSignal?: NodeJS.Signals;
      /** It was started with this as its `PLAN_RUN`, by which all that it starts is found. */
      readonly nonce?: string;
    };

/** Takes the entry out again, once the thing has been ended. May be called more than once. */
export type Release = () => Promise<void>;

/**
 * Writes down something that this process started (or is about to make, for a folder), so that a
 * later `plan` can end it should this process be killed. Call it before a folder, database or
 * container is made, and straight after a process was started.
 * @throws PlanError `state-not-writable` (exit 4)
 */
export async function register(registrable: Registrable): Promise<Release> {
  const resource = resolve(registrable);
  if (resource === undefined) return () => Promise.resolve();
  const entry: Entry = { schema: 1, owner: thisProcess(), resource };
  const file = path.join(registerFolder(), entryName(entry, randomBytes(6).toString('hex')));
  await write(file, entry);
  return () => rm(file, { force: true });
}

/** The folder of the register, made where it is missing. */
export function registerFolder(): string {
  const folder = path.join(stateFolder(), 'running');
  try {
    makeFolders(folder, 0o700);
  } catch (error) {
    throw notWritable(folder, error);
  }
  return folder;
}

/** A process that has already ended needs no entry, but what it may have started does. */
function resolve(registrable: Registrable): Resource | undefined {
  if (registrable.kind !== 'process') return registrable;
  const { pid, group = false, stopSignal = 'SIGTERM', nonce } = registrable;
  const found = identify(pid);
  if (found === undefined && nonce === undefined) return undefined;
  // With our own start it is nobody's: only what carries the nonce is looked for.
  const identity = found ?? { ...thisProcess(), pid };
  return {
    kind: 'process',
    process: identity,
    group: group && found !== undefined,
    stopSignal,
    ...(nonce !== undefined && { nonce }),
  };
}

/** No fsync: the entry must survive a `kill -9`, not a power cut, which ends processes anyway. */
async function write(file: string, entry: Entry): Promise<void> {
  const aside = `${file}.aside`;
  try {
    await writeFile(aside, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw notWritable(path.dirname(file), error);
  }
}

function notWritable(folder: string, cause: unknown): PlanError {
  const t = texts(runningTexts);
  return new PlanError({
    code: 'state-not-writable',
    exit: exitCodes.environment,
    what: t.notWritable(folder, errorMessage(cause)),
    mend: t.notWritableMend,
    cause,
  });
}
