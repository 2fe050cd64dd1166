import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import type { Found } from '../capability.js';
import type { Check } from '../doctor/check.js';
import { install } from '../doctor/install.js';
import { chosenWay, givenUrl, noteOf } from '../doctor/way.js';
import { debianRelease } from '../packages/apt.js';
import { serviceHome } from '../private/home.js';
import { embeddedPrometheusVersion } from './embedded.js';
import { findLocalPrometheus } from './local.js';
import { prometheusTexts } from './texts.js';
import { usePrometheusUrl } from './url.js';
import { prometheusUser } from './user.js';

const packages = { apt: 'prometheus', brew: 'prometheus' };

/** Prometheus by each way, and which of them a run would take. Starts nothing. */
export async function examinePrometheus(
  env: NodeJS.ProcessEnv,
  { docker, kept }: Found,
): Promise<Check[]> {
  const [url, local] = await Promise.all([
    givenUrl('prometheus', 'PROMETHEUS_URL', env, usePrometheusUrl),
    examineLocal(),
  ]);
  const own = [url, kept, local, examineEmbedded()];
  const ways = process.platform === 'linux' ? [url, kept, docker, ...own.slice(2)] : own;
  const detail = texts(prometheusTexts).noWay;
  const none = { state: 'optional', detail, mend: install(packages) } as const;
  return [chosenWay('prometheus', ways, none), ...own];
}

async function examineLocal(): Promise<Check> {
  const t = texts(prometheusTexts);
  const about = { id: 'prometheus-local', title: t.local };
  const found = await findLocalPrometheus();
  if (found.length === 0)
    return { ...about, state: 'optional', detail: t.noLocalProgram, mend: install(packages) };
  const detail = found.map(({ version, program }) => `${version} (${program})`).join(', ');
  return { ...about, state: 'ok', detail };
}

function examineEmbedded(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'prometheus-embedded', title: texts(prometheusTexts).embedded };
  if (debianRelease() === undefined)
    return { ...about, state: 'optional', detail: t.noApt, mend: install(packages) };
  try {
    const home = serviceHome('prometheus', prometheusUser(), () => undefined);
    return { ...about, state: 'ok', detail: embeddedPrometheusVersion(home) ?? t.toBeFetched };
  } catch (error) {
    return noteOf(about, error);
  }
}
