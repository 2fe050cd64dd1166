import pg from 'pg';
import type { Database } from '../kata/lab.js';

export interface OpenDatabase extends Database {
  close(): Promise<void>;
}

/**
 * The lab's own way into a case's database: never through the implementation. Few connections,
 * so that the program under test has the server for itself.
 */
export function openDatabase(url: string): OpenDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'plan' });
  // A server that dies ends idle connections too; the next query, or its `died`, tells of it.
  pool.on('error', () => undefined);
  return {
    url,
    query: async <Row>(sql: string, parameters?: readonly unknown[]) => {
      const { rows } = await pool.query(sql, parameters && [...parameters]);
      return rows as Row[];
    },
    close: () => pool.end(),
  };
}

/** For katas that ask for none: using it is a defect of the kata. */
export function noDatabase(kata: string): Database {
  return {
    url: undefined,
    query: () => Promise.reject(new Error(`${kata} uses a database, but asks for no postgres`)),
  };
}
