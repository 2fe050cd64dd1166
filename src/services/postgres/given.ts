import { exitCodes, PlanError } from '../../base/errors.js';
import { postgresTexts } from '../../i18n/postgres.js';
import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { queryOnce } from './connection.js';

/** Two programs with pools of twenty, and what the lab itself needs. */
export const fewestConnections = 50;

/** What our user may do on a server of others. */
export interface Rights {
  /** Roles, so that a program has a login of its own and sees its own database alone. */
  readonly ownRoles: boolean;
}

/**
 * Looks at once whether cases can run there, rather than let each of them fail for it.
 * @throws PlanError `no-createdb`, `few-connections` (exit 4) · the driver's error
 */
export async function examineRights(url: string): Promise<Rights> {
  const [row] = await queryOnce<{
    may_create: boolean;
    own_roles: boolean;
    connections: number;
  }>(url, asked);
  if (row === undefined) throw new Error('the server does not know its own user');
  if (!row.may_create) throw noCreatedb();
  if (row.connections < fewestConnections) throw fewConnections(row.connections);
  return { ownRoles: row.own_roles };
}

export function noCreatedb(cause?: unknown): PlanError {
  const t = texts(servicesTexts);
  const about = { what: t.noCreatedb, mend: t.noCreatedbMend, exit: exitCodes.environment };
  return new PlanError({ code: 'no-createdb', ...about, cause });
}

function fewConnections(free: number): PlanError {
  const t = texts(postgresTexts);
  return new PlanError({
    code: 'few-connections',
    exit: exitCodes.environment,
    what: t.fewConnections(free, fewestConnections),
    mend: t.fewConnectionsMend(fewestConnections * 2),
  });
}

/** The connections that a user who is no superuser could still open; -1 means no limit. */
const asked = `
  SELECT rolsuper OR rolcreatedb AS may_create, rolsuper OR rolcreaterole AS own_roles,
    least(
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'),
      CASE WHEN rolsuper OR rolcreaterole OR rolconnlimit < 0 THEN NULL ELSE rolconnlimit END
    ) AS connections
  FROM pg_roles WHERE rolname = current_user`;
