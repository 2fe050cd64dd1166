import { doctorTexts } from '../../i18n/doctor.js';
import { postgresTexts } from '../../i18n/postgres.js';
import { texts } from '../../i18n/text.js';
import { serviceHome } from '../private/home.js';
import { databaseUser } from '../private/user.js';
import { findEmbedded } from './embedded.js';
import { findLocal } from './local.js';
import { isShared, useUrl } from './url.js';
import type { Found } from '../capability.js';
import type { Check } from '../doctor/check.js';
import type { RunningService } from '../types.js';
import { install } from '../doctor/install.js';
import { chosenWay, givenUrl, noteOf } from '../doctor/way.js';

const packages = { apt: 'postgresql', brew: 'postgresql@18' };

/** PostgreSQL by each way, and which of them a run would take. Starts nothing. */
export async function examinePostgres(
  env: NodeJS.ProcessEnv,
  { docker, kept }: Found,
): Promise<Check[]> {
  const [url, local] = await Promise.all([examineUrl(env), examineLocal()]);
  const clusters = examineClusters();
  const ways = [url, kept, docker, ...clusters.of([local, examineEmbedded()])];
  const none = {
    state: 'missing',
    detail: texts(doctorTexts).noPostgres,
    mend: 'npm ci --include=optional',
  } as const;
  return [chosenWay('postgres', ways, none), ...clusters.checks, ...ways];
}

/** With what programs can see there. */
async function examineUrl(env: NodeJS.ProcessEnv): Promise<Check> {
  const t = texts(postgresTexts);
  let service: Pick<RunningService, 'record'> | undefined;
  const use = async (): Promise<Pick<RunningService, 'record'>> => (service = await useUrl(env));
  const check = await givenUrl('postgres', 'DATABASE_URL', env, use);
  if (service === undefined || check.state !== 'ok') return check;
  const shared = isShared(service);
  const detail = `${check.detail}; ${shared ? t.noOwnRole : t.ownRole}`;
  return { ...check, detail, ...(shared && { mend: t.noOwnRoleMend }) };
}

async function examineLocal(): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'postgres-local', title: t.local };
  const found = await findLocal();
  if (found.length === 0)
    return { ...about, state: 'optional', detail: t.noLocal, mend: install(packages) };
  const detail = found.map(({ version, bin }) => `${version} (${bin})`).join(', ');
  return { ...about, state: 'ok', detail };
}

function examineEmbedded(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'postgres-embedded', title: t.embedded };
  const found = findEmbedded();
  if (found !== undefined) return { ...about, state: 'ok', detail: found.version };
  const detail = t.noEmbedded(`${process.platform}-${process.arch}`);
  return { ...about, state: 'optional', detail, mend: 'npm ci --include=optional' };
}

/** Local and embedded servers want a folder and, for root, a user; without them neither counts. */
function examineClusters(): { checks: Check[]; of: (ways: Check[]) => Check[] } {
  const t = texts(doctorTexts);
  const about = { id: 'postgres-clusters', title: t.clusters };
  const notices: string[] = [];
  try {
    const user = databaseUser();
    const home = serviceHome('postgres', user, (text) => notices.push(text));
    const detail = [t.clustersAt(home, user?.name), ...notices].join(' ');
    const state = notices.length === 0 ? 'ok' : 'note';
    return { checks: [{ ...about, state, detail }], of: (ways) => ways };
  } catch (error) {
    return {
      checks: [noteOf(about, error)],
      of: (ways) => ways.map((way) => ({ ...way, state: 'optional' })),
    };
  }
}
