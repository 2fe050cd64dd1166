import { randomBytes } from 'node:crypto';
import { withPostgres } from './connection.js';

/** On a server of ours nobody but its administrator reaches a database that is not his. */
const closed = 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC';

export async function closeToPrograms(url: string): Promise<void> {
  await withPostgres(url, (admin) => admin.query(closed));
}

/**
 * Closes the server's own databases, and gives its administrator a password that no other server
 * has: until now it is the one of the template.
 * @returns the URL with the new one
 */
export async function secure(url: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const own = new URL(url);
  await withPostgres(url, async (admin) => {
    await admin.query(`${closed}; ALTER ROLE CURRENT_USER PASSWORD '${password}'`);
  });
  own.password = password;
  return own.href;
}
