import { accessSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import { systemTexts } from '../i18n/system.js';
import { texts } from '../i18n/text.js';
import { errorCode, exitCodes, PlanError, type Fault } from './errors.js';

/**
 * What the machine refused (no room, no descriptors, no permission, a name too long, …), wherever
 * it was met, as the fault that it is; undefined for everything else, which may be a defect.
 */
export function systemFault(error: unknown): PlanError | undefined {
  for (let one = error, depth = 0; depth < 5; depth += 1) {
    if (one instanceof PlanError) return undefined;
    const fault = faultOf(one);
    if (fault) return new PlanError({ ...fault, cause: error });
    if (!(one instanceof Error)) return undefined;
    one = one instanceof AggregateError ? one.errors[0] : one.cause;
  }
  return undefined;
}

/** @throws PlanError `no-temporary-folder` (exit 4) */
export function requireTemporaryFolder(): void {
  const fault = temporaryFault();
  if (fault) throw new PlanError(fault);
}

/** @param limit of open files @throws PlanError `too-many-open-files` (exit 4) */
export function requireOpenFiles(limit: number, least: number): void {
  const t = texts(systemTexts);
  if (limit >= least) return;
  throw new PlanError({
    code: 'too-many-open-files',
    exit: exitCodes.environment,
    what: t.fewFiles(limit, least),
    mend: t.filesMend(raising),
  });
}

const raising = 'ulimit -n 4096';

type Words = (typeof systemTexts)['en'];
type Describe = (t: Words, where: string, error: unknown) => Partial<Fault> | undefined;

const faults: Readonly<Record<string, Describe>> = {
  ENOSPC: noRoom,
  EDQUOT: noRoom,
  EMFILE: (t, where) => ({
    ...{ code: 'too-many-open-files', what: t.tooManyFiles(where), mend: t.filesMend(raising) },
  }),
  ENFILE: (t) => ({ code: 'too-many-open-files', what: t.machineFull, mend: t.machineFullMend }),
  EROFS: (t, where) => ({ code: 'read-only', what: t.readOnly(where), mend: t.readOnlyMend }),
  ENOMEM: (t, where) => ({ code: 'no-memory', what: t.noMemory(where), mend: t.noMemoryMend }),
  EAGAIN: tooManyProcesses,
  EACCES: notAllowed,
  EPERM: notAllowed,
  ENOENT: inTemporaryFolder,
  ENOTDIR: inTemporaryFolder,
  ENAMETOOLONG: (t, where) => ({
    ...{ code: 'name-too-long', exit: exitCodes.usage },
    ...{ what: t.nameTooLong(where), mend: t.nameTooLongMend },
  }),
  E2BIG: (t) => ({
    ...{ code: 'command-too-long', exit: exitCodes.usage },
    ...{ what: t.commandTooLong, mend: t.commandTooLongMend },
  }),
};

function faultOf(error: unknown): Fault | undefined {
  const found = faults[errorCode(error) ?? '']?.(texts(systemTexts), placeOf(error), error);
  if (found === undefined) return undefined;
  return { exit: exitCodes.environment, code: 'system', what: '', ...found };
}

function noRoom(t: Words, where: string): Partial<Fault> {
  const mend = t.noRoomMend(`~/.cache/plan, ${os.tmpdir()}`);
  return { code: 'no-room', what: t.noRoom(where), mend };
}

/** Of a descriptor, EAGAIN would mean something else. */
function tooManyProcesses(t: Words, where: string, error: unknown): Partial<Fault> | undefined {
  if (textOf(error, 'syscall')?.startsWith('spawn') !== true) return undefined;
  const what = t.tooManyProcesses(where);
  return { code: 'too-many-processes', what, mend: t.tooManyProcessesMend };
}

/** Of a file or folder: what else is refused so (a signal, a port) is not the user's to mend. */
function notAllowed(t: Words, where: string): Partial<Fault> | undefined {
  if (where === '') return undefined;
  return { code: 'not-allowed', what: t.notAllowed(where), mend: t.notAllowedMend };
}

/** A file of ours that is missing is a defect; the folder that the user's TMPDIR names is not. */
function inTemporaryFolder(_: Words, __: string, error: unknown): Fault | undefined {
  const isThere = textOf(error, 'path')?.startsWith(os.tmpdir()) !== true;
  return isThere ? undefined : temporaryFault();
}

function temporaryFault(): Fault | undefined {
  const folder = os.tmpdir();
  const t = texts(systemTexts);
  const why = whyUnusable(folder);
  if (why === undefined) return undefined;
  return {
    code: 'no-temporary-folder',
    exit: exitCodes.environment,
    what: t.noTemporary(folder, why),
    mend: t.noTemporaryMend(folder),
  };
}

function whyUnusable(folder: string): string | undefined {
  const t = texts(systemTexts);
  try {
    if (!statSync(folder).isDirectory()) return t.notAFolder;
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? t.notThere : t.notWritable;
  }
}

const longestPlace = 200;

function placeOf(error: unknown): string {
  const place = textOf(error, 'path') ?? textOf(error, 'dest');
  if (place === undefined) return '';
  const shown = place.length > longestPlace ? `${place.slice(0, longestPlace)}…` : place;
  return texts(systemTexts).at(shown);
}

function textOf(error: unknown, field: 'path' | 'dest' | 'syscall'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value = (error as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : undefined;
}
