import { maskText } from '../../base/mask.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { within } from '../../base/within.js';
import { servicesTexts } from '../../i18n/services.js';
import { redisTexts } from './texts.js';
import { texts } from '../../i18n/text.js';
import { speaksLikeOne, urlWithinMs } from '../probe.js';
import { notOurs } from '../kept/not-ours.js';
import { compareVersions } from '../private/versions.js';
import { redisRecord } from './connection.js';
import { oldest } from './program.js';
import type { RunningRedis } from './types.js';

/**
 * The server that REDIS_URL names: not ours to start, stop or watch. Only databases that were empty
 * are used there, and emptied again; whatever database the URL itself names is left alone.
 * @throws PlanError `no-redis-url`, `redis-url-failed` (exit 4)
 */
export async function useRedisUrl(env: NodeJS.ProcessEnv): Promise<RunningRedis> {
  const t = texts(redisTexts);
  const url = env['REDIS_URL'];
  if (!url) throw fault('no-redis-url', t.noUrl);
  try {
    if (!/^rediss?:$/.test(new URL(url).protocol)) throw new Error(t.notRedisUrl);
    const record = await within('Redis', urlWithinMs, examine(url));
    if (compareVersions(record.version, oldest) < 0) throw new Error(t.tooOld(record.version));
    return {
      record,
      url,
      control: notOurs('REDIS_URL'),
      died: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  } catch (error) {
    throw fault('redis-url-failed', t.urlFailed(maskText(errorMessage(error))), error);
  }
}

export const greeting = { ask: 'PING\r\n', answer: /^[+-][A-Z]+/ };

async function examine(url: string) {
  if (!(await speaksLikeOne(url, greeting)))
    throw new Error(texts(servicesTexts).speaksOther('Redis'));
  return redisRecord(url, { provider: 'url', kept: false });
}

function fault(code: string, what: string, cause?: unknown): PlanError {
  const mend = texts(redisTexts).urlMend;
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
