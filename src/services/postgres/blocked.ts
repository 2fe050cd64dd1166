import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockedNote, OtherSession } from '../../kata/waits.js';
import { connect, endClient } from './connection.js';
import { isOverLimit } from './limits.js';

/** A statement of the lab's got no answer within its limit; already in the history. */
export class LabBlocked extends Error {}

/** Who else is at work, asked on a connection that nothing can hold up. */
export interface Watch {
  /** Server processes of the lab's own sessions. */
  readonly own: Set<number>;
  readonly url: string;
  readonly note: (note: BlockedNote) => void;
}

const lookAfterMs = 2_000;
const lookWithinMs = 2_000;

/**
 * A statement of the lab's that nothing keeps waiting for ever: who is in its way is looked at while
 * it waits, since a lock that was given up no longer shows who held it.
 * @throws LabBlocked, once the history says by whom · the driver's error
 */
export async function limited<T>(
  watch: Watch,
  { pid, sql }: { readonly pid: number; readonly sql: string },
  run: () => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  const looking = new AbortController();
  const seen = lookOn(watch, pid, looking.signal);
  try {
    return await run();
  } catch (error) {
    looking.abort();
    const waitedMs = Math.round(performance.now() - begun);
    // Somebody may also cancel a statement that has hardly begun.
    if (!isOverLimit(error) || waitedMs < lookAfterMs) throw error;
    watch.note({ statement: shortened(sql), waitedMs, ...(await seen) });
    throw new LabBlocked(`no answer within ${waitedMs} ms`, { cause: error });
  } finally {
    looking.abort();
  }
}

type Seen = Pick<BlockedNote, 'by' | 'byLab'>;

/** Looks now and then until told to stop. @returns who was in the way each time */
async function lookOn(watch: Watch, pid: number, stop: AbortSignal): Promise<Seen> {
  let seen: Seen | undefined;
  while (await passed(lookAfterMs, stop)) {
    const now = await inTheWayOf(watch, pid).catch(() => undefined);
    if (now === undefined) continue;
    seen = seen ? bothOf(seen, now) : now;
  }
  return seen ?? { by: [], byLab: false };
}

/** @returns false where it was told to stop meanwhile */
function passed(ms: number, stop: AbortSignal): Promise<boolean> {
  return sleep(ms, undefined, { signal: stop }).then(
    () => true,
    () => false,
  );
}

function bothOf(before: Seen, now: Seen): Seen {
  const by = now.by.filter(({ pid }) => before.by.some((one) => one.pid === pid));
  return { by, byLab: before.byLab || now.byLab };
}

async function inTheWayOf({ url, own }: Watch, pid: number): Promise<Seen> {
  const all = await sessionsIn(url);
  const found = new Set<number>();
  const ask = (one: number): void => {
    for (const other of all.find((session) => session.pid === one)?.waitsFor ?? [])
      if (!found.has(other)) {
        found.add(other);
        ask(other);
      }
  };
  ask(pid);
  found.delete(pid);
  const byLab = [...found].some((one) => own.has(one));
  return { by: all.filter((one) => found.has(one.pid) && !own.has(one.pid)), byLab };
}

/** All client sessions of the database, the lab's own too. @throws the driver's error */
export async function sessionsIn(url: string): Promise<OtherSession[]> {
  const client = await connect(url, lookWithinMs, lookWithinMs);
  try {
    const { rows } = await client.query<OtherSession & pg.QueryResultRow>(
      `SELECT pid, coalesce(state, '') AS state, pg_blocking_pids(pid) AS "waitsFor",
              round(extract(epoch FROM clock_timestamp() - xact_start) * 1000)::float8 AS "openMs"
         FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend'
          AND pid <> pg_backend_pid()
        ORDER BY pid`,
    );
    return rows;
  } finally {
    await endClient(client);
  }
}

function shortened(sql: string): string {
  return sql.trim().split('\n')[0]?.slice(0, 120) ?? '';
}
