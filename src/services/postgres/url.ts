import { maskText } from '../../base/mask.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { speaksLikeOne, urlWithinMs } from '../probe.js';
import { within } from '../../base/within.js';
import { examineRights } from './given.js';
import { recordOf } from './record.js';
import type { RunningService } from '../types.js';

/**
 * The server that DATABASE_URL names: not ours to start, stop or watch. Only databases named
 * `plan_…` are made and dropped there.
 * @throws PlanError `no-database-url`, `database-url-failed`, `no-createdb`, `few-connections` (exit 4)
 */
export async function useUrl(env: NodeJS.ProcessEnv): Promise<RunningService> {
  const t = texts(servicesTexts);
  const url = env['DATABASE_URL'];
  if (!url) throw fault('no-database-url', t.noUrl);
  try {
    if (!/^postgres(ql)?:$/.test(new URL(url).protocol)) throw new Error(t.notPostgresUrl);
    const { ownRoles, record } = await within('PostgreSQL', urlWithinMs, examine(url));
    // A report says what the program could see.
    const settings = { ...record.settings, program_role: ownRoles ? 'own' : 'shared' };
    return {
      record: { ...record, settings },
      url,
      died: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw fault('database-url-failed', t.urlFailed(maskText(errorMessage(error))), error);
  }
}

/** SSLRequest: S or N, and E of one that does not know it. */
export const greeting = { ask: Buffer.from('0000000804d2162f', 'hex'), answer: /^[SNE]/ };

async function examine(url: string) {
  if (!(await speaksLikeOne(url, greeting)))
    throw new Error(texts(servicesTexts).speaksOther('PostgreSQL'));
  const { ownRoles } = await examineRights(url);
  return { ownRoles, record: await recordOf(url, { provider: 'url', kept: false }) };
}

/** Our user may make no roles there, so programs log in as that user. */
export function isShared({ record }: Pick<RunningService, 'record'>): boolean {
  return record.settings['program_role'] === 'shared';
}

function fault(code: string, what: string, cause?: unknown): PlanError {
  const mend = texts(servicesTexts).urlMend;
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
