import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';

/** EACCES on a program that is marked executable: its file system is mounted `noexec`. */
export function cannotExecute(program: string, error: unknown): Error {
  if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') return error as Error;
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'cannot-execute',
    exit: exitCodes.environment,
    what: t.cannotExecute(program),
    mend: t.cannotExecuteMend,
    cause: error,
  });
}
