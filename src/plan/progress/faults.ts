import path from 'node:path';
import { errorCode, errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { progressTexts } from '../../i18n/progress.js';
import { texts } from '../../i18n/text.js';
import type { Unreadable } from './read.js';

/** Where the unreadable file, or a copy of it, is kept. */
export interface Kept {
  readonly file: string;
  /** True where the original itself was moved there. */
  readonly moved: boolean;
}

export function unreadableFault(file: string, problem: Unreadable, kept?: Kept): PlanError {
  const t = texts(progressTexts);
  const { message: why, reason } = problem;
  return new PlanError({
    code: 'progress-unreadable',
    exit: exitCodes.environment,
    what: !kept
      ? t.unreadable(file, why)
      : kept.moved
        ? t.unreadableMoved(file, why, kept.file)
        : t.unreadableKept(file, why, kept.file),
    mend:
      reason === 'permission'
        ? t.permissionMend(file)
        : kept?.moved === true
          ? t.movedMend
          : t.unreadableMend,
    cause: problem,
  });
}

/** What kept a write from happening, told by the file system's code. */
export function writeFault(file: string, error: unknown): unknown {
  if (error instanceof PlanError || error instanceof TypeError) return error;
  const t = texts(progressTexts);
  const folder = path.dirname(file);
  const fault = (code: string, what: string, mend: string): PlanError =>
    new PlanError({ code, exit: exitCodes.environment, what, mend, cause: error });
  switch (errorCode(error)) {
    case undefined:
      return error;
    case 'ENOSPC':
    case 'EDQUOT':
      return fault('disk-full', t.diskFull(file), t.diskFullMend(folder));
    case 'EROFS':
      return fault('folder-read-only', t.readOnlySystem(file), t.readOnlySystemMend);
    case 'EACCES':
    case 'EPERM':
      return fault('folder-read-only', t.readOnly(file), t.readOnlyMend(folder));
    default:
      return fault(
        'progress-not-written',
        t.notWritten(file, errorMessage(error)),
        t.notWrittenMend,
      );
  }
}

export function protectedFault(file: string): PlanError {
  const t = texts(progressTexts);
  return new PlanError({
    code: 'progress-protected',
    exit: exitCodes.environment,
    what: t.protected(file),
    mend: t.protectedMend(file),
  });
}

export function busyFault(file: string, lock: string): PlanError {
  const t = texts(progressTexts);
  return new PlanError({
    code: 'progress-busy',
    exit: exitCodes.environment,
    what: t.busy(file),
    mend: t.busyMend(lock),
  });
}
