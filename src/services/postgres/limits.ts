import type pg from 'pg';

/** For every statement of the lab's: no program can keep it waiting for longer. */
export const statementWithinMs = 10_000;
/** Where the lab waits on purpose, or makes a whole database. */
export const patientWithinMs = 60_000;
/** The server's own limit comes first: its answer says more than silence. */
const graceMs = 2_000;
const connectWithinMs = 10_000;

/** @param serverMs undefined: only the client's limit holds, as for a statement that is to wait */
export function limits(clientMs: number, serverMs?: number): pg.ClientConfig {
  return {
    application_name: 'plan',
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: clientMs + graceMs,
    ...(serverMs !== undefined && { statement_timeout: serverMs, lock_timeout: serverMs }),
  };
}

/** A limit ended it, the server's or the driver's. */
export function isOverLimit(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === '55P03' || code === '57014' || message === 'Query read timeout';
}
