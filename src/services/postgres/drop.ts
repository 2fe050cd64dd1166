import pg from 'pg';
import { errorCode } from '../../base/errors.js';

/**
 * Drops a database of ours with whatever is still connected to it; one that is gone is no problem.
 * @throws the driver's error
 */
export async function dropDatabase(url: string, name: string): Promise<void> {
  if (!isOurs(name)) throw new Error(`${name} is not a database of plan`);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`).catch((error: unknown) => {
      // PostgreSQL 12 does not know FORCE.
      if (errorCode(error) !== '42601') throw error;
      return dropWithoutForce(client, name);
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Nothing else is ever made or dropped. */
export function isOurs(name: string): boolean {
  return /^plan_\w+$/.test(name);
}

async function dropWithoutForce(client: pg.Client, name: string): Promise<void> {
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
    [name],
  );
  await client.query(`DROP DATABASE IF EXISTS "${name}"`);
}
