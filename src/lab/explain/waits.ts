import { setTimeout as sleep } from 'node:timers/promises';
import type { Wait, WireEvent } from '../../kata/statements.js';
import type { Observer } from '../../services/postgres/observer.js';
import type { OpenSession } from '../../services/postgres/tap/tap.js';

/** A statement that takes longer may be waiting. */
const suspectAfterUs = 2_000;
const lookEachMs = 4;
/** Of a case. */
const mostSamples = 10_000;

interface Conditions {
  readonly sessions: () => readonly OpenSession[];
  readonly now: () => number;
  readonly tell: (event: WireEvent) => void;
  readonly stop: AbortSignal;
}

/** Asks now and then who waits for whom, as long as somebody may be waiting. */
export async function sampleWaits(
  observer: Observer,
  { sessions, now, tell, stop }: Conditions,
): Promise<void> {
  let samples = 0;
  while (!stop.aborted && samples < mostSamples) {
    const began = performance.now();
    const suspects = sessions().filter(({ underWaySince: since }) => {
      return since !== undefined && now() - since >= suspectAfterUs;
    });
    if (suspects.some(({ pid }) => pid !== undefined)) {
      const from = now();
      const waits = await look(observer, suspects, sessions()).catch(() => []);
      if (waits.length > 0) {
        tell({ kind: 'waits', from, to: now(), waits });
        samples += 1;
      }
    }
    // Not more than half of the time, however slow the server is.
    const took = performance.now() - began;
    await sleep(Math.max(lookEachMs, took), undefined, { signal: stop, ref: false }).catch(
      () => undefined,
    );
  }
}

async function look(
  observer: Observer,
  suspects: readonly OpenSession[],
  all: readonly OpenSession[],
): Promise<Wait[]> {
  const pids = suspects.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  const rows = await observer.query<{ pid: number; by: number[] }>(
    'SELECT pid, pg_blocking_pids(pid) AS by FROM unnest($1::int[]) AS pid',
    [pids],
  );
  const sessionOf = (pid: number): number | undefined =>
    all.find((one) => one.pid === pid)?.session;
  return rows.flatMap(({ pid, by }) => {
    const session = sessionOf(pid);
    if (session === undefined || by.length === 0) return [];
    const known = by.map(sessionOf);
    const others = [...new Set(known.filter((one) => one !== undefined))];
    return [{ session, for: others, forOthers: known.includes(undefined) }];
  });
}
