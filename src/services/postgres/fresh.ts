import pg from 'pg';
import { errorCode } from '../../base/errors.js';
import { dropDatabase } from './drop.js';
import { serverOf } from '../../register/kept.js';
import { register } from '../../register/register.js';
import { withPostgres } from './connection.js';
import { noCreatedb } from './given.js';
import { freshName } from '../private/fresh-name.js';
import { createRoles, grantRoles, handOver, type CaseRoles, type Login } from './roles.js';
import type { RunningService } from '../types.js';

export interface FreshDatabase {
  /** The program's, with its password. */
  readonly url: string;
  /** The lab's own, which the program never learns. */
  readonly labUrl: string;
  /** Also ends whatever is still connected. No error where the server is gone. */
  drop(): Promise<void>;
}

/**
 * A database with a name of its own, `plan_…`, and with logins of its own where our user may make
 * some; no others are ever made or dropped. On a server that outlives this program it is in the
 * register, so that a killed run leaves none.
 * @param schema SQL of the kata's: what it makes is the program's. Run as the server's administrator
 * @throws PlanError `no-createdb` (exit 4) · the driver's error
 */
export async function freshDatabase(
  { url, record }: RunningService,
  label: string,
  schema?: string,
): Promise<FreshDatabase> {
  const name = freshName(label);
  const service = record.kept ? 'kept' : 'url';
  const outlives = record.kept || record.provider === 'url';
  const release = outlives
    ? await register({ kind: 'place', of: 'postgres', name, service, server: serverOf(url) })
    : undefined;
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
  try {
    const roles = await create(url, name);
    await withPostgres(placed(url, name), (admin) => furnish(admin, roles, schema));
    const urlOf = (login: Login | undefined): string => placed(url, name, login);
    return { url: urlOf(roles?.program), labUrl: urlOf(roles?.lab), drop };
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
}

/** @returns undefined where our user may make no roles: then all are that user */
function create(url: string, name: string): Promise<CaseRoles | undefined> {
  return withPostgres(url, async (admin) => {
    const { rows } = await admin.query<{ can: boolean }>(
      'SELECT rolsuper OR rolcreaterole AS can FROM pg_roles WHERE rolname = current_user',
    );
    const roles = rows[0]?.can === true ? await createRoles(admin, name) : undefined;
    // template0 is never connected to, so nobody's connection can stand in the way.
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE template0`).catch((error: unknown) => {
      throw errorCode(error) === '42501' ? noCreatedb(error) : error;
    });
    return roles;
  });
}

/** Before anybody else comes in: nothing of the program's can run with these rights. */
async function furnish(
  admin: pg.Client,
  roles: CaseRoles | undefined,
  schema: string | undefined,
): Promise<void> {
  if (roles !== undefined) await grantRoles(admin, roles);
  if (schema !== undefined)
    await admin.query(schema).catch((error: unknown) => {
      throw placedIn(schema, error);
    });
  if (roles !== undefined && schema !== undefined) await handOver(admin, roles);
}

/** Says with it in which line of the kata's schema the server stopped. */
function placedIn(schema: string, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const before = schema.slice(0, Number(error.position ?? 0));
  const line = error.position === undefined ? '' : `:${before.split('\n').length}`;
  error.message = `schema.sql${line}: ${error.message}`;
  return error;
}

function placed(url: string, database: string, login?: Login): string {
  const own = new URL(url);
  own.pathname = `/${database}`;
  if (login !== undefined) Object.assign(own, { username: login.name, password: login.password });
  return own.href;
}

/** SQLSTATE; a broken connection has a name of the operating system, or none. */
function isAnswerOfServer(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(errorCode(error) ?? '') && !errorCode(error)?.startsWith('57P');
}
