import type pg from 'pg';
import { errorCode } from '../../base/errors.js';
import { withPostgres } from './connection.js';
import { dropRoles } from './roles.js';

/**
 * Drops a database of ours with whatever is still connected to it, and the roles of its case; what
 * is gone is no problem.
 * @throws the driver's error
 */
export async function dropDatabase(url: string, name: string): Promise<void> {
  if (!isOurs(name)) throw new Error(`${name} is not a database of plan`);
  await withPostgres(url, async (admin) => {
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`).catch((error: unknown) => {
      // PostgreSQL 12 does not know FORCE.
      if (errorCode(error) !== '42601') throw error;
      return dropWithoutForce(admin, name);
    });
    await dropRoles(admin, name);
  });
}

/** Nothing else is ever made or dropped. */
export function isOurs(name: string): boolean {
  return /^plan_\w+$/.test(name);
}

async function dropWithoutForce(admin: pg.Client, name: string): Promise<void> {
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
    [name],
  );
  await admin.query(`DROP DATABASE IF EXISTS "${name}"`);
}
