import { errorCode } from '../../base/errors.js';
import { serverOf } from '../../register/kept.js';
import { register } from '../../register/register.js';
import { freshName } from '../private/fresh-name.js';
import type { RunningRabbitMq } from './types.js';

export interface FreshVhost {
  readonly name: string;
  /** With the password. */
  readonly url: string;
  /** Also ends whatever is still connected. No error where the broker is gone. */
  drop(): Promise<void>;
}

/**
 * An empty vhost with a name of its own, `plan_…`; no other is ever made or dropped. On a broker
 * that outlives this program it is in the register, so that a killed run leaves none.
 * @throws PlanError `broker-refused` (exit 4)
 */
export async function freshVhost(
  { url, record, admin }: RunningRabbitMq,
  label: string,
): Promise<FreshVhost> {
  const name = freshName(label);
  const service = record.kept ? 'kept' : 'url';
  const outlives = record.kept || record.provider === 'url';
  const release = outlives
    ? await register({ kind: 'place', of: 'rabbitmq', name, service, server: serverOf(url) })
    : undefined;
  try {
    await admin.addVhost(name);
  } catch (error) {
    await release?.();
    throw error;
  }
  const own = new URL(url);
  own.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    try {
      await admin.deleteVhost(name);
    } catch (error) {
      // The broker is gone. On one that is not ours a later `plan` drops it: the entry stays.
      if (!isConnectionError(error)) throw error;
      return;
    }
    await release?.();
  };
  return { name, url: own.href, drop };
}

function isConnectionError(error: unknown): boolean {
  return /^(E[A-Z]+|UND_ERR_\w+)$/.test(errorCode(error) ?? '');
}
