import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import type { Freeze, FreezePoint } from '../../kata/faults.js';
import { faultsTexts } from '../../i18n/faults.js';
import { texts } from '../../i18n/text.js';
import type { Database, Session } from '../../kata/database.js';
import { until, type Patience } from '../../history/until.js';
import type { FaultBegins } from './log.js';
import { installTrigger, lockClass, readTrigger } from './trigger.js';

interface FreezeConditions extends Patience {
  readonly database: Database;
  readonly log: FaultBegins;
}

/** A freeze point, and how the lab takes it away at the end of a case. */
export interface SetFreeze extends Freeze {
  /**
   * A note `fault-disarmed` where somebody has laid hands on its trigger.
   * @throws PlanError `freeze-lost` where the point did not hold all the while
   */
  end(): Promise<void>;
}

const endLimitMs = 10_000;

/**
 * A session of the lab's holds an advisory lock that a trigger asks for: whoever comes to the point
 * waits for it, without a word of help from the program. The trigger stays, and then asks for
 * nothing that anybody holds: to drop it would mean to wait for every transaction on the table.
 */
export async function setFreeze(
  conditions: FreezeConditions,
  point: FreezePoint,
  number: number,
): Promise<SetFreeze> {
  const { database, log } = conditions;
  const session = await database.session();
  // A server of others may end idle sessions; this one is idle on purpose.
  await session.query(`SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN
    ('idle_session_timeout', 'statement_timeout', 'lock_timeout')`);
  await session.query('SELECT pg_advisory_lock($1, $2)', [lockClass, number]);
  await installTrigger(session, point, number);
  const installed = await readTrigger(session, point, number);
  const { table, ...detail } = point;
  const fault = log.begin({ kind: 'freeze', target: table, detail: { ...detail } });
  let over: Promise<void> | undefined;

  const end = (how: 'released' | 'abandoned'): Promise<void> =>
    (over ??= (async () => {
      if (how === 'abandoned') await endWaiting(conditions, session, number);
      // A lost session would have let everybody go on long ago.
      await ask(session, 'SELECT pg_advisory_unlock($1, $2)', [lockClass, number]);
      fault.ended(how);
      await session.close();
    })());

  return {
    reached: async (sessions = 1, limitMs) => {
      const what = `${sessions} session(s) waiting at ${point.on} on ${table}`;
      const pids = await until(
        conditions,
        what,
        async () => {
          const waiting = await waitingAt(session, number);
          return waiting.length >= sessions && waiting;
        },
        limitMs,
      );
      if (pids) fault.reached(pids);
      return pids;
    },
    abandon: () => end('abandoned'),
    release: () => end('released'),
    end: async () => {
      await (over ?? end('abandoned'));
      // A server that is gone by now has told of that itself.
      const found = await readTrigger(database, point, number).catch(() => installed);
      if (found === undefined || found !== installed) fault.disarmed();
    },
  };
}

/** The sessions that wait for ours, and for this lock of it. */
async function waitingAt(session: Session, number: number): Promise<number[]> {
  const rows = await ask<{ pid: number }>(
    session,
    `SELECT DISTINCT pid FROM pg_locks
     WHERE locktype = 'advisory' AND NOT granted AND objsubid = 2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND classid = $1::int::oid AND objid = $2::int::oid
       AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
     ORDER BY pid`,
    [lockClass, number],
  );
  return rows.map(({ pid }) => pid);
}

/** Until nobody stands there: one that is ended may be followed by one that was on its way. */
async function endWaiting(
  conditions: FreezeConditions,
  session: Session,
  number: number,
): Promise<void> {
  const gone = await until(
    conditions,
    'the sessions at the freeze point have ended',
    async () => {
      const waiting = await waitingAt(session, number);
      await ask(session, 'SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [
        waiting,
      ]);
      return waiting.length === 0;
    },
    endLimitMs,
  );
  if (gone === undefined) throw new Error('sessions at a freeze point do not end');
}

async function ask<Row>(session: Session, sql: string, values: readonly unknown[]): Promise<Row[]> {
  try {
    return await session.query<Row>(sql, values);
  } catch (cause) {
    const t = texts(faultsTexts);
    throw new PlanError({
      code: 'freeze-lost',
      exit: exitCodes.environment,
      what: t.freezeLost(errorMessage(cause)),
      mend: t.freezeLostMend,
      cause,
    });
  }
}
