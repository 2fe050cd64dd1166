import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { serviceHome } from '../private/home.js';
import { brokerUser } from './user.js';
import { canEmbed, embeddedVersion } from './embedded.js';
import { findErlang, findLocalBrokers } from './local.js';
import { useBrokerUrl } from './url.js';
import type { Found } from '../capability.js';
import type { Check } from '../doctor/check.js';
import { install } from '../doctor/install.js';
import { chosenWay, givenUrl, noteOf } from '../doctor/way.js';

const packages = { apt: 'rabbitmq-server', brew: 'rabbitmq' };

/** RabbitMQ by each way, and which of them a run would take. Starts nothing. */
export async function examineRabbit(
  env: NodeJS.ProcessEnv,
  { docker, kept }: Found,
): Promise<Check[]> {
  const url = await givenUrl('rabbitmq', 'AMQP_URL', env, useBrokerUrl);
  const ways = [url, kept, docker, examineLocal(), examineEmbedded()];
  // Katas without messages need none.
  const none = {
    state: 'optional',
    detail: texts(doctorTexts).noRabbit,
    mend: install(packages),
  } as const;
  return [chosenWay('rabbitmq', ways, none), ...ways.filter((way) => way !== docker)];
}

function examineLocal(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'rabbitmq-local', title: t.rabbitLocal };
  const found = findLocalBrokers();
  const missing = { ...about, state: 'optional', mend: install(packages) } as const;
  if (found.length === 0) return { ...missing, detail: t.noLocalRabbit };
  if (findErlang() === undefined) return { ...missing, detail: t.noErlang };
  const detail = found.map(({ version, plugins }) => `${version} (${plugins})`).join(', ');
  return { ...about, state: 'ok', detail };
}

function examineEmbedded(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'rabbitmq-embedded', title: t.rabbitEmbedded };
  if (!canEmbed()) return { ...about, state: 'optional', detail: t.noApt, mend: install(packages) };
  try {
    const home = serviceHome('rabbitmq', brokerUser(), () => undefined);
    return { ...about, state: 'ok', detail: embeddedVersion(home) ?? t.toBeFetched };
  } catch (error) {
    return noteOf(about, error);
  }
}
