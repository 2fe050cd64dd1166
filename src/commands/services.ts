import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { servicesTexts } from '../i18n/services.js';
import { texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import { keepDown, keepUp } from '../lab/services/keep.js';
import { findKept } from '../lab/services/postgres-kept.js';
import { printProgress } from '../report/output.js';
import { reportDown, reportStatus, reportUp } from '../report/services.js';
import { interruptible } from './interrupt.js';

interface Options {
  services?: ProviderName;
  json?: boolean;
}

/** `plan services up|down|status` */
export async function services(action: string, options: Options): Promise<ExitCode> {
  const { json = false } = options;
  switch (action) {
    case 'up':
      reportUp(await up(options), { json });
      break;
    case 'down':
      reportDown(await keepDown(), { json });
      break;
    case 'status':
      reportStatus(await findKept(), { json });
      break;
    default:
      throw badAction(action);
  }
  return exitCodes.ok;
}

function up({ services: force }: Options): ReturnType<typeof keepUp> {
  const { signal } = interruptible();
  return keepUp({ force, env: process.env, signal, onProgress: printProgress });
}

function badAction(action: string): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'bad-action',
    exit: exitCodes.usage,
    what: t.badAction(action),
    mend: t.badActionMend,
  });
}
