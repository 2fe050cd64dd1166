import pg from 'pg';
import { errorCode } from '../../base/errors.js';
import { limits, patientWithinMs } from './limits.js';

/**
 * The driver's client, without what it takes from the environment (PGSSLMODE, PGOPTIONS, PGPASSWORD,
 * PGPASSFILE, …): that is meant for programs of the user's, and a URL here says all there is to say.
 */
export class PlainClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    const hidden = hideVariables();
    try {
      super(config);
    } finally {
      Object.assign(process.env, hidden);
    }
    // Where it has none, the driver would look into ~/.pgpass.
    this.password ??= '';
  }
}

/** A connection that cannot bring the program down when the server breaks it. */
export async function connect(
  url: string,
  timeoutMs = 5_000,
  withinMs = patientWithinMs,
): Promise<pg.Client> {
  const client = new PlainClient({
    ...limits(withinMs),
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // Nothing was under way, and one that did not greet us does not part from us either.
    socketOf(client)?.destroy();
    await endClient(client);
    throw error;
  }
}

/** The driver has no name for it. */
function socketOf(client: pg.Client): { destroy(): void } | undefined {
  return (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection
    ?.stream;
}

/** Some work on a connection of its own. */
export async function withPostgres<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await endClient(client);
  }
}

/** One statement on a connection of its own. */
export function queryOnce<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  parameters?: readonly unknown[],
): Promise<Row[]> {
  return withPostgres(url, async (client) => {
    const { rows } = await client.query<Row>(sql, parameters && [...parameters]);
    return rows;
  });
}

/** SQLSTATE 28P01 and 28000: it answers, and does not let us in. */
export function isWrongPassword(error: unknown): boolean {
  return errorCode(error)?.startsWith('28') === true;
}

/** Asks a server of ours. One that does not answer refuses nothing: it may be busy. */
export async function refusesUs(url: string): Promise<boolean> {
  return connect(url).then(
    (client) => endClient(client).then(() => false),
    (error: unknown) => isWrongPassword(error),
  );
}

const endWithinMs = 2_000;

/** Never waits for long: one that still has a statement under way does not end by itself. */
export async function endClient(client: pg.Client | pg.Pool): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, endWithinMs)));
  await Promise.race([client.end().catch(() => undefined), limit]);
  clearTimeout(timer);
}

/** @returns those that were there */
function hideVariables(): Record<string, string> {
  const hidden: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^PG[A-Z]+(_[A-Z]+)?$/.test(name) || value === undefined) continue;
    hidden[name] = value;
    Reflect.deleteProperty(process.env, name);
  }
  return hidden;
}
