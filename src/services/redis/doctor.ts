import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { serviceHome } from '../private/home.js';
import { redisUser } from './user.js';
import { debianRelease } from '../packages/apt.js';
import { embeddedRedisVersion } from './embedded.js';
import { findLocalRedis } from './local.js';
import { redisTexts } from './texts.js';
import { useRedisUrl } from './url.js';
import type { Found } from '../capability.js';
import type { Check } from '../doctor/check.js';
import { install } from '../doctor/install.js';
import { chosenWay, givenUrl, noteOf } from '../doctor/way.js';

const packages = { apt: 'redis-server', brew: 'redis' };

/** Redis by each way, and which of them a run would take. Starts nothing. */
export async function examineRedis(
  env: NodeJS.ProcessEnv,
  { docker, kept }: Found,
): Promise<Check[]> {
  const [url, local] = await Promise.all([
    givenUrl('redis', 'REDIS_URL', env, useRedisUrl),
    examineLocal(),
  ]);
  const ways = [url, kept, docker, local, examineEmbedded()];
  // Only what runs on Redis Streams needs one.
  const none = {
    state: 'optional',
    detail: texts(redisTexts).noWay,
    mend: install(packages),
  } as const;
  return [chosenWay('redis', ways, none), ...ways.filter((way) => way !== docker)];
}

async function examineLocal(): Promise<Check> {
  const t = texts(redisTexts);
  const about = { id: 'redis-local', title: t.local };
  const found = await findLocalRedis();
  if (found.length === 0)
    return {
      ...about,
      state: 'optional',
      detail: t.noLocalProgram,
      mend: install(packages),
    };
  const detail = found.map(({ version, program }) => `${version} (${program})`).join(', ');
  return { ...about, state: 'ok', detail };
}

function examineEmbedded(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'redis-embedded', title: texts(redisTexts).embedded };
  if (debianRelease() === undefined)
    return { ...about, state: 'optional', detail: t.noApt, mend: install(packages) };
  try {
    const home = serviceHome('redis', redisUser(), () => undefined);
    return { ...about, state: 'ok', detail: embeddedRedisVersion(home) ?? t.toBeFetched };
  } catch (error) {
    return noteOf(about, error);
  }
}
