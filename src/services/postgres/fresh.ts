import { errorCode, exitCodes, PlanError } from '../../base/errors.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { dropDatabase } from './drop.js';
import { serverOf } from '../../register/kept.js';
import { register } from '../../register/register.js';
import { queryOnce } from './connection.js';
import { freshName } from '../private/fresh-name.js';
import type { RunningService } from '../types.js';

interface FreshDatabase {
  /** With the password. */
  readonly url: string;
  /** Also ends whatever is still connected. No error where the server is gone. */
  drop(): Promise<void>;
}

/**
 * An empty database with a name of its own, `plan_…`; no other is ever made or dropped. On a
 * server that outlives this program it is in the register, so that a killed run leaves none.
 * @throws PlanError `no-createdb` (exit 4) · the driver's error
 */
export async function freshDatabase(
  { url, record }: RunningService,
  label: string,
): Promise<FreshDatabase> {
  const name = freshName(label);
  const service = record.kept ? 'kept' : 'url';
  const outlives = record.kept || record.provider === 'url';
  const release = outlives
    ? await register({ kind: 'database', name, service, server: serverOf(url) })
    : undefined;
  try {
    // template0 is never connected to, so nobody's connection can stand in the way.
    await queryOnce(url, `CREATE DATABASE "${name}" TEMPLATE template0`);
  } catch (error) {
    await release?.();
    throw errorCode(error) === '42501' ? notAllowed(error) : error;
  }
  const own = new URL(url);
  own.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    try {
      await dropDatabase(url, name);
    } catch (error) {
      // The server is gone. On one that is not ours a later `plan` drops it: the entry stays.
      if (isAnswerOfServer(error)) throw error;
      return;
    }
    await release?.();
  };
  return { url: own.href, drop };
}

/** SQLSTATE; a broken connection has a name of the operating system, or none. */
function isAnswerOfServer(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(errorCode(error) ?? '') && !errorCode(error)?.startsWith('57P');
}

function notAllowed(cause: unknown): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'no-createdb',
    exit: exitCodes.environment,
    what: t.noCreatedb,
    mend: t.noCreatedbMend,
    cause,
  });
}
