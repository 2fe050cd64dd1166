import pg from 'pg';

/**
 * Whether the session broke, and not what was asked of it. Where that was a COMMIT nobody knows
 * whether it went through.
 */
export function isSessionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // 08: connection exception. 57P01 to 57P03: the server ends the session, or only just starts.
  if (error instanceof pg.DatabaseError) return /^(08|57P0[123])/.test(error.code ?? '');
  return 'syscall' in error || /connection (terminated|error)/i.test(error.message);
}
