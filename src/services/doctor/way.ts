import { errorMessage, PlanError } from '../../base/errors.js';
import { maskUrl } from '../../base/mask.js';
import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import type { RunningService } from '../types.js';
import type { Check } from './check.js';

type Named = Pick<Check, 'id' | 'title'>;

/** Which of the ways, in the order in which a run tries them, it would take; `none` where none. */
export function chosenWay(
  name: ServiceName,
  ways: readonly Check[],
  none: Pick<Check, 'state' | 'detail' | 'mend'>,
): Check {
  const about = { id: name, title: serviceTitles[name] };
  const chosen = ways.find(({ state }) => state === 'ok');
  if (chosen === undefined) return { ...about, ...none };
  const detail = texts(doctorTexts).wouldTake(chosen.title, chosen.detail);
  return { ...about, state: 'ok', detail };
}

/** The server that a variable names. @param use connects to it, and starts nothing */
export async function givenUrl(
  name: ServiceName,
  variable: string,
  env: NodeJS.ProcessEnv,
  use: (env: NodeJS.ProcessEnv) => Promise<Pick<RunningService, 'record'>>,
): Promise<Check> {
  const about = { id: `${name}-url`, title: variable };
  const url = env[variable];
  if (!url) return { ...about, state: 'optional', detail: texts(doctorTexts).notSet };
  try {
    const { record } = await use(env);
    return { ...about, state: 'ok', detail: `${record.version}, ${record.url}` };
  } catch (error) {
    return noteOf(about, error, `${maskUrl(url)}: ${errorMessage(error)}`);
  }
}

/** What went wrong, and what mends it where that is known. */
export function noteOf(about: Named, error: unknown, detail = errorMessage(error)): Check {
  const mend = error instanceof PlanError ? error.mend : undefined;
  return { ...about, state: 'note', detail, mend };
}
