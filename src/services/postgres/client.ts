import pg from 'pg';
import type { Database, Session, StatementResult } from '../../kata/database.js';
import type { SchemaChangedNote } from '../../kata/faults.js';
import type { BlockedNote, OtherSession } from '../../kata/waits.js';
import { LabBlocked, limited, sessionsIn, type Watch } from './blocked.js';
import { endClient, PlainClient } from './connection.js';
import type { FreshDatabase } from './fresh.js';
import { limits, patientWithinMs, statementWithinMs } from './limits.js';
import { openObserver, type Observer } from './observer.js';
import { SchemaGuard } from './schema-guard.js';

/** A case's database. */
export interface CaseDatabase extends Database {
  /** Sessions of everybody but the lab; empty where the server does not say. */
  readonly others: () => Promise<OtherSession[]>;
  /** Looks on, whatever the program does. */
  readonly observer: () => Promise<Observer>;
  /** Writes down what of the tables is not as the lab has made it, where it may have deceived. */
  readonly lookForDisguise: () => Promise<void>;
}

export interface OpenDatabase extends CaseDatabase {
  /** From here on a change of the tables that the lab does not make is somebody else's. */
  readonly rememberSchema: () => Promise<void>;
  /** Ends the sessions too. */
  readonly close: () => Promise<void>;
}

/** What is to be told of a program that hinders the lab. */
export interface Hindrances {
  readonly blocked: (note: BlockedNote) => void;
  readonly schemaChanged: (note: SchemaChangedNote) => void;
}

const nobody: Hindrances = { blocked: () => undefined, schemaChanged: () => undefined };

/**
 * The lab's own way into a case's database: never through the implementation. Few connections,
 * so that the program under test has the server for itself; each statement has a limit. `url` is
 * the program's.
 */
export function openDatabase(
  { url, labUrl }: Pick<FreshDatabase, 'url' | 'labUrl'>,
  tell: Hindrances = nobody,
): OpenDatabase {
  const watch: Watch = { own: new Set(), url: labUrl, note: tell.blocked };
  const pool = new pg.Pool({
    ...limits(statementWithinMs, statementWithinMs),
    // Also the wait for one of the two.
    connectionTimeoutMillis: 2 * statementWithinMs,
    connectionString: labUrl,
    max: 2,
    Client: PlainClient,
  });
  pool.on('connect', (client) => watch.own.add(pidOf(client)));
  // A server that dies ends idle connections too; the next query, or its `died`, tells of it.
  pool.on('error', () => undefined);
  const sessions: Session[] = [];
  const ask = async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> => {
    const client = await pool.connect();
    try {
      const run = () => client.query(sql, parameters && [...parameters]);
      const { rows } = await limited(watch, { pid: pidOf(client), sql }, run);
      client.release();
      return rows as Row[];
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
  const guard = new SchemaGuard(ask, tell.schemaChanged);
  return {
    url,
    query: (sql, parameters) => guard.run(sql, () => ask(sql, parameters)),
    rememberSchema: () => guard.remember(),
    lookForDisguise: () => guard.lookForDisguise(),
    observer: () => openObserver(watch),
    session: async () => {
      const session = await openSession({ watch, guard }, (pid) =>
        ask('SELECT pg_terminate_backend($1)', [pid]),
      );
      sessions.push(session);
      return session;
    },
    others: async () => {
      const all = await sessionsIn(labUrl).catch(() => []);
      return all.filter(({ pid }) => !watch.own.has(pid));
    },
    close: async () => {
      await Promise.all(sessions.map((session) => session.close()));
      await endClient(pool);
    },
  };
}

/** @param endBackend ends the server's side of a session that is still at work */
async function openSession(
  { watch, guard }: { readonly watch: Watch; readonly guard: SchemaGuard },
  endBackend: (pid: number) => Promise<unknown>,
): Promise<Session> {
  // Its statements may be meant to wait; not for ever.
  const client = new PlainClient({ ...limits(patientWithinMs), connectionString: watch.url });
  // One that the server ends tells of it at its next query.
  client.on('error', () => undefined);
  await client.connect();
  const pid = pidOf(client);
  watch.own.add(pid);
  let underWay = 0;
  let isGivenUp = false;
  let closed: Promise<void> | undefined;
  const statement = async <Row>(sql: string, parameters?: readonly unknown[]) => {
    underWay += 1;
    try {
      const run = () => client.query(sql, parameters && [...parameters]);
      const {
        command,
        rowCount: count,
        rows,
      } = await guard.run(sql, () => limited(watch, { pid, sql }, run));
      return { command, count, rows: rows as Row[] } satisfies StatementResult<Row>;
    } catch (error) {
      // The driver has given up waiting; the server has not.
      isGivenUp ||= error instanceof LabBlocked;
      throw error;
    } finally {
      underWay -= 1;
    }
  };
  const end = async (): Promise<void> => {
    // A session that waits for a lock does not notice that its client has gone.
    if (underWay > 0 || isGivenUp) await endBackend(pid).catch(() => undefined);
    await endClient(client);
  };
  return {
    pid,
    query: <Row>(sql: string, parameters?: readonly unknown[]) =>
      quiet(statement<Row>(sql, parameters).then((result) => result.rows)),
    statement: (sql, parameters) => quiet(statement(sql, parameters)),
    close: () => (closed ??= end()),
  };
}

/** The driver knows it from the server's greeting. */
function pidOf(client: pg.ClientBase): number {
  return (client as unknown as { readonly processID: number }).processID;
}

/** Whoever awaits it is told; one that waits in vain when the case ends harms nobody. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
