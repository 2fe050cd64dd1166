import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { ServiceRecord } from '../../kata/run-record.js';
import { compareVersions } from '../private/versions.js';

/** The newest line that every kata was seen to come out right on; `rabbitmq:…` runs it. */
export const newestTried = '4.3';
/** Where the katas were seen to come out right: Debian 12, 13 and 14 have these. */
const tried = ['3.10', '4.0', newestTried];

/** What is worth knowing of a version that is newer than all that were tried. */
export function noticeOf({ version }: Pick<ServiceRecord, 'version'>): string | undefined {
  if (!/^\d+\.\d+/.test(version) || lineOf(version) <= 0) return undefined;
  return texts(brokerTexts).untried(version, tried.join(', '));
}

/** Above 0 where `version` belongs to a later line than {@link newestTried}. */
function lineOf(version: string): number {
  return compareVersions(version.split('.').slice(0, 2).join('.'), newestTried);
}
