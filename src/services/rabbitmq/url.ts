import { maskText } from '../../base/mask.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { within } from '../../base/within.js';
import { brokerTexts } from '../../i18n/broker.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { brokerRecord } from './connection.js';
import { checkManagement, managementOf } from './management.js';
import { speaksLikeOne, urlWithinMs } from '../probe.js';
import { notOurs } from '../kept/not-ours.js';
import type { RunningRabbitMq } from './types.js';

/**
 * The broker that AMQP_URL names: not ours to start, stop or watch. Only vhosts named `plan_…` are
 * made and deleted there, through its management API.
 * @throws PlanError `no-amqp-url`, `amqp-url-failed`, `no-management`, `management-refused` (exit 4)
 */
export async function useBrokerUrl(env: NodeJS.ProcessEnv): Promise<RunningRabbitMq> {
  const t = texts(brokerTexts);
  const url = env['AMQP_URL'];
  if (!url) throw fault('no-amqp-url', t.noUrl);
  try {
    if (!/^amqps?:$/.test(new URL(url).protocol)) throw new Error(t.notAmqpUrl);
    const record = await within('RabbitMQ', urlWithinMs, examine(url));
    await checkManagement(url, env);
    return {
      record,
      url,
      admin: managementOf(url, env),
      control: notOurs('AMQP_URL'),
      died: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw fault('amqp-url-failed', t.urlFailed(maskText(errorMessage(error))), error);
  }
}

/** Connection.Start: a method frame on channel 0, of no great size; or the version that it wants. */
export const greeting = {
  ask: Buffer.from('AMQP\0\0\t\u0001', 'latin1'),
  answer: /^(?:\u0001\0\0\0[\0-\u0002]|AMQP)/,
};

async function examine(url: string) {
  if (!(await speaksLikeOne(url, greeting)))
    throw new Error(texts(servicesTexts).speaksOther('RabbitMQ'));
  return brokerRecord(url, { provider: 'url', kept: false });
}

function fault(code: string, what: string, cause?: unknown): PlanError {
  const mend = texts(brokerTexts).urlMend;
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
