import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import type { KeptState } from './find.js';
import type { Check } from '../doctor/check.js';

/** What `plan services up` keeps of a service. */
export function examineKept(name: ServiceName, { kept, lost }: KeptState): Check {
  const t = texts(doctorTexts);
  const about = { id: `${name}-kept`, title: t.keptTitle(serviceTitles[name]) };
  if (lost !== undefined)
    return { ...about, state: 'note', detail: t.keptLost, mend: 'plan services up' };
  if (kept === undefined) return { ...about, state: 'optional', detail: t.notKept };
  const { record, startedAt } = kept;
  const detail = t.kept(record.version, record.provider, record.url, startedAt);
  return { ...about, state: 'ok', detail };
}
