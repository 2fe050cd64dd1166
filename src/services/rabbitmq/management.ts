import { boundedText } from '../bounded-answer.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { maskText } from '../../base/mask.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { RabbitMqAdmin } from './types.js';

const patience = 10_000;
/** The API knows of a new connection only once the broker has told it, every five seconds. */
const seenWithin = 7_000;

/**
 * The management API of a broker that is not ours: RABBITMQ_MANAGEMENT_URL, or port 15672 of the
 * same host; with the credentials of AMQP_URL where it has none of its own.
 */
export function managementOf(url: string, env: NodeJS.ProcessEnv): RabbitMqAdmin {
  const api = addressOf(url, env);
  return {
    async addVhost(name) {
      await ask(api, 'PUT', `vhosts/${encodeURIComponent(name)}`);
      const place = `${encodeURIComponent(name)}/${encodeURIComponent(api.brokerUser)}`;
      const all = { configure: '.*', write: '.*', read: '.*' };
      await ask(api, 'PUT', `permissions/${place}`, all);
    },
    async addUser(vhost, { name, password }) {
      const user = encodeURIComponent(name);
      try {
        await ask(api, 'PUT', `users/${user}`, { password, tags: '' });
      } catch (error) {
        if (isNotAllowed(error)) return false;
        throw error;
      }
      const all = { configure: '.*', write: '.*', read: '.*' };
      await ask(api, 'PUT', `permissions/${encodeURIComponent(vhost)}/${user}`, all);
      return true;
    },
    async deleteVhost(name) {
      const users = await usersOf(api, name);
      await ask(api, 'DELETE', `vhosts/${encodeURIComponent(name)}`);
      for (const user of users) await ask(api, 'DELETE', `users/${encodeURIComponent(user)}`);
    },
    async cutConnections(vhost) {
      const until = performance.now() + seenWithin;
      for (;;) {
        const list = await ask(api, 'GET', `vhosts/${encodeURIComponent(vhost)}/connections`);
        const names = (list as { name: string }[] | undefined) ?? [];
        for (const { name } of names)
          await ask(api, 'DELETE', `connections/${encodeURIComponent(name)}`);
        if (names.length > 0 || performance.now() > until) return names.length;
        await sleep(250);
      }
    },
  };
}

/** Also of a vhost that is gone. Whoever may make no users has made none, and may not ask for them either. */
async function usersOf(api: Api, vhost: string): Promise<string[]> {
  try {
    const list = (await ask(api, 'GET', 'users')) as { name: string }[] | undefined;
    return (list ?? []).map(({ name }) => name).filter((name) => name.startsWith(`${vhost}.`));
  } catch (error) {
    if (isNotAllowed(error)) return [];
    throw error;
  }
}

function isNotAllowed(error: unknown): boolean {
  return error instanceof PlanError && error.code === 'management-refused';
}

/** @throws PlanError where the API does not let us in */
export async function checkManagement(url: string, env: NodeJS.ProcessEnv): Promise<void> {
  await ask(addressOf(url, env), 'GET', 'vhosts');
}

interface Api {
  /** Ends with a slash. */
  readonly base: string;
  readonly authorization: string;
  /** Who is to have rights in a new vhost. */
  readonly brokerUser: string;
}

function addressOf(url: string, env: NodeJS.ProcessEnv): Api {
  const broker = new URL(url);
  const secure = broker.protocol === 'amqps:';
  const host = broker.hostname || 'localhost';
  const usual = secure ? `https://${host}:15671` : `http://${host}:15672`;
  const api = new URL(env['RABBITMQ_MANAGEMENT_URL'] || usual);
  const brokerUser = decodeURIComponent(broker.username) || 'guest';
  const brokerPassword = decodeURIComponent(broker.password) || 'guest';
  const user = decodeURIComponent(api.username) || brokerUser;
  const password = api.username ? decodeURIComponent(api.password) : brokerPassword;
  const path = api.pathname.replace(/\/(api\/?)?$/, '');
  return {
    base: `${api.protocol}//${api.host}${path}/api/`,
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    brokerUser,
  };
}

/** @returns the answer; undefined where there is none, or where what was asked for is not there */
async function ask(api: Api, method: string, path: string, body?: unknown): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(`${api.base}${path}`, {
      method,
      headers: { authorization: api.authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw notThere(api.base, errorMessage(cause), error);
  }
  const text = await boundedText(answer, mostBytes).catch((error: unknown) => {
    throw notThere(api.base, errorMessage(error), error);
  });
  if (answer.status === 401 || answer.status === 403) throw notAllowed(api.base);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw notThere(api.base, `${answer.status} ${text.slice(0, 200)}`, undefined);
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (error) {
    throw notThere(api.base, errorMessage(error), error);
  }
}

const mostBytes = 64 * 2 ** 20;

function notThere(base: string, why: string, cause: unknown): PlanError {
  const t = texts(brokerTexts);
  return new PlanError({
    code: 'no-management',
    exit: exitCodes.environment,
    what: t.noManagement(base, maskText(why)),
    mend: t.noManagementMend,
    cause,
  });
}

function notAllowed(base: string): PlanError {
  const t = texts(brokerTexts);
  return new PlanError({
    code: 'management-refused',
    exit: exitCodes.environment,
    what: t.managementRefused(base),
    mend: t.managementRefusedMend,
  });
}
