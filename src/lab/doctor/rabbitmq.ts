import { errorMessage, PlanError } from '../../base/errors.js';
import { maskUrl } from '../../base/mask.js';
import { doctorTexts } from '../../i18n/doctor.js';
import { texts } from '../../i18n/text.js';
import { serviceHome } from '../services/private/home.js';
import { brokerUser } from '../services/private/user.js';
import { findKept } from '../services/kept.js';
import { canEmbed, embeddedVersion } from '../services/rabbitmq-embedded.js';
import { findErlang, findLocalBrokers } from '../services/rabbitmq-local.js';
import { useBrokerUrl } from '../services/rabbitmq-url.js';
import type { Check } from './check.js';
import { install } from './install.js';
import { examineKept } from './kept.js';

/**
 * RabbitMQ by each way, and which of them a run would take. Starts nothing.
 * @param docker what was found of Docker, which both services use
 */
export async function examineRabbit(env: NodeJS.ProcessEnv, docker: Check): Promise<Check[]> {
  const [url, kept] = await Promise.all([
    examineUrl(env),
    findKept('rabbitmq').then((state) => examineKept('rabbitmq', state)),
  ]);
  const ways = [url, kept, docker, examineLocal(), examineEmbedded()];
  return [choose(ways), ...ways.filter((way) => way !== docker)];
}

/** In the order in which a run tries them. Katas without messages need none. */
function choose(ways: readonly Check[]): Check {
  const t = texts(doctorTexts);
  const chosen = ways.find(({ state }) => state === 'ok');
  const about = { id: 'rabbitmq', title: 'RabbitMQ' };
  if (chosen !== undefined)
    return { ...about, state: 'ok', detail: t.wouldTake(chosen.title, chosen.detail) };
  return { ...about, state: 'optional', detail: t.noRabbit, mend: install('rabbitmq') };
}

async function examineUrl(env: NodeJS.ProcessEnv): Promise<Check> {
  const t = texts(doctorTexts);
  const about = { id: 'rabbitmq-url', title: 'AMQP_URL' };
  const url = env['AMQP_URL'];
  if (!url) return { ...about, state: 'optional', detail: t.notSet };
  try {
    const { record } = await useBrokerUrl(env);
    return { ...about, state: 'ok', detail: `${record.version}, ${record.url}` };
  } catch (error) {
    const mend = error instanceof PlanError ? error.mend : undefined;
    return { ...about, state: 'note', detail: `${maskUrl(url)}: ${errorMessage(error)}`, mend };
  }
}

function examineLocal(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'rabbitmq-local', title: t.rabbitLocal };
  const found = findLocalBrokers();
  const missing = { ...about, state: 'optional', mend: install('rabbitmq') } as const;
  if (found.length === 0) return { ...missing, detail: t.noLocalRabbit };
  if (findErlang() === undefined) return { ...missing, detail: t.noErlang };
  const detail = found.map(({ version, plugins }) => `${version} (${plugins})`).join(', ');
  return { ...about, state: 'ok', detail };
}

function examineEmbedded(): Check {
  const t = texts(doctorTexts);
  const about = { id: 'rabbitmq-embedded', title: t.rabbitEmbedded };
  if (!canEmbed())
    return { ...about, state: 'optional', detail: t.noApt, mend: install('rabbitmq') };
  try {
    const home = serviceHome('rabbitmq', brokerUser(), () => undefined);
    return { ...about, state: 'ok', detail: embeddedVersion(home) ?? t.toBeFetched };
  } catch (error) {
    const mend = error instanceof PlanError ? error.mend : undefined;
    return { ...about, state: 'note', detail: errorMessage(error), mend };
  }
}
