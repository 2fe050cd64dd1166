import pg from 'pg';
import type { Database, Session, StatementResult } from '../../kata/lab.js';
import { PlainClient } from './connection.js';
import type { FreshDatabase } from './fresh.js';

export interface OpenDatabase extends Database {
  /** Ends the sessions too. */
  readonly close: () => Promise<void>;
}

/**
 * The lab's own way into a case's database: never through the implementation. Few connections,
 * so that the program under test has the server for itself. `url` is the program's.
 */
export function openDatabase({ url, labUrl }: Pick<FreshDatabase, 'url' | 'labUrl'>): OpenDatabase {
  const pool = new pg.Pool({
    ...{ connectionString: labUrl, max: 2, application_name: 'plan' },
    Client: PlainClient,
  });
  // A server that dies ends idle connections too; the next query, or its `died`, tells of it.
  pool.on('error', () => undefined);
  const sessions: Session[] = [];
  return {
    url,
    query: async <Row>(sql: string, parameters?: readonly unknown[]) => {
      const { rows } = await pool.query(sql, parameters && [...parameters]);
      return rows as Row[];
    },
    session: async () => {
      const session = await openSession(labUrl, (pid) =>
        pool.query('SELECT pg_terminate_backend($1)', [pid]),
      );
      sessions.push(session);
      return session;
    },
    close: async () => {
      await Promise.all(sessions.map((session) => session.close()));
      await pool.end();
    },
  };
}

/** For katas that ask for none: using it is a defect of the kata. */
export function noDatabase(kata: string): Database {
  const refuse = () =>
    Promise.reject(new Error(`${kata} uses a database, but asks for no postgres`));
  return { url: undefined, query: refuse, session: refuse };
}

/** @param endBackend ends the server's side of a session that is still at work */
async function openSession(
  url: string,
  endBackend: (pid: number) => Promise<unknown>,
): Promise<Session> {
  const client = new PlainClient({ connectionString: url, application_name: 'plan' });
  // One that the server ends tells of it at its next query.
  client.on('error', () => undefined);
  await client.connect();
  let underWay = 0;
  let closed: Promise<void> | undefined;
  const run = async (sql: string, parameters?: readonly unknown[]) => {
    underWay += 1;
    try {
      return await client.query(sql, parameters && [...parameters]);
    } finally {
      underWay -= 1;
    }
  };
  const statement = async <Row>(sql: string, parameters?: readonly unknown[]) => {
    const { command, rowCount: count, rows } = await run(sql, parameters);
    return { command, count, rows: rows as Row[] } satisfies StatementResult<Row>;
  };
  const { rows } = await run('SELECT pg_backend_pid() AS pid');
  const [{ pid }] = rows as [{ pid: number }];
  const end = async (): Promise<void> => {
    // A session that waits for a lock does not notice that its client has gone.
    if (underWay > 0) await endBackend(pid).catch(() => undefined);
    await client.end().catch(() => undefined);
  };
  return {
    pid,
    query: <Row>(sql: string, parameters?: readonly unknown[]) =>
      quiet(statement<Row>(sql, parameters).then((result) => result.rows)),
    statement: (sql, parameters) => quiet(statement(sql, parameters)),
    close: () => (closed ??= end()),
  };
}

/** Whoever awaits it is told; one that waits in vain when the case ends harms nobody. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
