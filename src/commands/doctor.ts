import { errorMessage, exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { doctorTexts } from '../i18n/doctor.js';
import { getLocale, texts } from '../i18n/text.js';
import { examine, type Check } from '../lab/doctor/index.js';
import { readProgress } from '../plan/progress.js';
import { findRoot } from '../plan/root.js';
import { reportDoctor } from '../report/terminal/doctor.js';

/** `plan doctor`: exit 4 where something is missing that the main job needs. */
export async function doctor({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const checks = [...(await examine(process.env)), examineProgress()];
  reportDoctor(getLocale(), checks, { json });
  return checks.some(({ state }) => state === 'missing') ? exitCodes.environment : exitCodes.ok;
}

function examineProgress(): Check {
  const about = { id: 'progress', title: 'progress.json' };
  const t = texts(doctorTexts);
  const root = findRoot(process.cwd());
  if (root === undefined)
    return { ...about, state: 'optional', detail: t.noProgress, mend: 'plan init' };
  try {
    readProgress(root);
    return { ...about, state: 'ok', detail: root };
  } catch (error) {
    const mend = error instanceof PlanError ? error.mend : undefined;
    return { ...about, state: 'missing', detail: errorMessage(error), mend };
  }
}
