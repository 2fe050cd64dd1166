import type { Lab } from '../../../src/kata/index.js';
import type { LeftOpen } from '../notes.js';

/** Far more than a ROLLBACK takes that comes after the answer. */
const closesWithinMs = 2_000;

/** With nobody asking: transactions that were open when the answer had come, and stay open. */
export async function lookForOpenTransactions(lab: Lab, transfer: string): Promise<void> {
  const [since] = await lab.database.query<{ now: string }>(
    'SELECT clock_timestamp()::text AS now',
  );
  const open = (): Promise<{ pid: number }[]> =>
    lab.database.query(
      `SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend'
          AND application_name NOT LIKE 'plan%'
          AND state LIKE 'idle in transaction%' AND xact_start <= $1::timestamptz`,
      [since?.now],
    );
  const none = await lab.until(
    'the end of every transaction',
    async () => (await open()).length === 0,
    closesWithinMs,
  );
  const left = none ? [] : await open();
  lab.note('left-open', { transfer, sessions: left.length } satisfies LeftOpen);
}
