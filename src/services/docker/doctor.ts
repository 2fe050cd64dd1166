import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { dockerAnswers } from './service.js';
import type { Check } from '../doctor/check.js';
import { install } from '../doctor/install.js';

export async function examineDocker(): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'docker', title: 'Docker' };
  if (await dockerAnswers()) return { ...about, state: 'ok', detail: t.dockerAnswers };
  return { ...about, state: 'optional', detail: t.noDocker, mend: install('docker') };
}
