import type pg from 'pg';
import { connect, endClient } from './connection.js';
import type { Watch } from './blocked.js';

/** Looks on beside the experiment: what it cannot see at once it does not see, and nothing ends. */
export interface Observer {
  /** @throws the driver's error, also where it took too long */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const lookWithinMs = 500;

/** On a connection of its own, which can write nothing. @throws the driver's error */
export async function openObserver(watch: Watch): Promise<Observer> {
  const client = await connect(watch.url, 5_000, lookWithinMs);
  watch.own.add((client as unknown as { processID: number }).processID);
  try {
    await client.query(
      `SET default_transaction_read_only = on; SET statement_timeout = ${lookWithinMs}; SET lock_timeout = ${lookWithinMs}`,
    );
  } catch (error) {
    await endClient(client);
    throw error;
  }
  return {
    query: async <Row>(sql: string, parameters?: readonly unknown[]) =>
      (await client.query<Row & pg.QueryResultRow>(sql, parameters && [...parameters])).rows,
    close: () => endClient(client),
  };
}
