import { exitCodes, PlanError } from './errors.js';
import { waitsTexts } from '../i18n/waits.js';
import { texts } from '../i18n/text.js';

/**
 * Waits for a service no longer than that.
 * @throws PlanError `service-silent` (exit 4) · what the promise throws
 */
export async function within<T>(service: string, ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(service, ms)), ms);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}

function silent(service: string, ms: number): PlanError {
  const t = texts(waitsTexts);
  return new PlanError({
    code: 'service-silent',
    exit: exitCodes.environment,
    what: t.silent(service, ms / 1000),
    mend: t.silentMend,
  });
}
