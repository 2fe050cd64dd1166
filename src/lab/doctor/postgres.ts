import { errorMessage, PlanError } from '../../base/errors.js';
import { maskUrl } from '../../base/mask.js';
import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { serviceHome } from '../services/private/home.js';
import { databaseUser } from '../services/private/user.js';
import { dockerAnswers } from '../services/postgres-docker.js';
import { findEmbedded } from '../services/postgres-embedded.js';
import { findKept, type KeptState } from '../services/kept.js';
import { findLocal } from '../services/postgres-local.js';
import { useUrl } from '../services/postgres-url.js';
import type { Check } from './check.js';
import { install } from './install.js';

/** PostgreSQL by each way, and which of them a run would take. Starts nothing. */
export async function examinePostgres(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const [url, kept, docker, local] = await Promise.all([
    examineUrl(env),
    findKept('postgres').then(examineKept),
    examineDocker(),
    examineLocal(),
  ]);
  const clusters = examineClusters();
  const ways = [url, kept, docker, ...clusters.of([local, examineEmbedded()])];
  return [choose(ways), ...clusters.checks, ...ways];
}

/** In the order in which a run tries them. */
function choose(ways: readonly Check[]): Check {
  const t = texts(doctorTexts);
  const chosen = ways.find(({ state }) => state === 'ok');
  const about = { id: 'postgres', title: 'PostgreSQL' };
  if (chosen === undefined) {
    return { ...about, state: 'missing', detail: t.noPostgres, mend: 'npm ci --include=optional' };
  }
  return { ...about, state: 'ok', detail: t.wouldTake(chosen.title, chosen.detail) };
}

async function examineUrl(env: NodeJS.ProcessEnv): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'postgres-url', title: 'DATABASE_URL' };
  const url = env['DATABASE_URL'];
  if (!url) return { ...about, state: 'optional', detail: t.notSet };
  try {
    const { record } = await useUrl(env);
    return { ...about, state: 'ok', detail: `${record.version}, ${record.url}` };
  } catch (error) {
    const mend = error instanceof PlanError ? error.mend : undefined;
    return { ...about, state: 'note', detail: `${maskUrl(url)}: ${errorMessage(error)}`, mend };
  }
}

function examineKept({ kept, lost }: KeptState): Check {
  const t = texts(doctorTexts);
  const about = { id: 'postgres-kept', title: 'plan services up' };
  if (lost !== undefined)
    return { ...about, state: 'note', detail: t.keptLost, mend: 'plan services up' };
  if (kept === undefined) return { ...about, state: 'optional', detail: t.notKept };
  const { record, startedAt } = kept;
  const detail = t.kept(record.version, record.provider, record.url, startedAt);
  return { ...about, state: 'ok', detail };
}

async function examineDocker(): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'docker', title: 'Docker' };
  if (await dockerAnswers()) return { ...about, state: 'ok', detail: t.dockerAnswers };
  return { ...about, state: 'optional', detail: t.noDocker, mend: install('docker') };
}

async function examineLocal(): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'postgres-local', title: t.local };
  const found = await findLocal();
  if (found.length === 0)
    return { ...about, state: 'optional', detail: t.noLocal, mend: install('postgresql') };
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
    const mend = error instanceof PlanError ? error.mend : undefined;
    const check: Check = { ...about, state: 'note', detail: errorMessage(error), mend };
    return { checks: [check], of: (ways) => ways.map((way) => ({ ...way, state: 'optional' })) };
  }
}
