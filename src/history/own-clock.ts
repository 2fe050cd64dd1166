import os from 'node:os';

/** A time in which this program was not there: stopped, its machine asleep or stalled. */
export interface Absence {
  readonly awayMs: number;
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly until: string;
}

/**
 * A gap this long between two ticks is an absence. A busy machine makes gaps of some 100 ms, seldom
 * one of a second; what the lab allows for an answer or for health is ten seconds, so that what is
 * not counted as an absence takes a fifth of it at most.
 */
const absenceMs = 2_000;
/** Of such a gap, own work explains this share of CPU time: then the lab was slow, and not away. */
const workingShare = 0.1;
const tickMs = 100;

interface Tick {
  /** Stands still while a machine sleeps. */
  readonly monotonicMs: number;
  /** Goes on meanwhile, and takes no part in corrections of the time of day. */
  readonly sinceBootMs: number;
  readonly cpuMs: number;
}

const listeners = new Set<(absence: Absence) => void>();
let timer: NodeJS.Timeout | undefined;
let last: Tick | undefined;
let totalMs = 0;

/** Watches this program's own clock until told to stop. @returns stops, after a last look */
export function watchOwnClock(onAway: (absence: Absence) => void): () => void {
  look();
  listeners.add(onAway);
  timer ??= setInterval(look, tickMs);
  timer.unref();
  return () => {
    look();
    listeners.delete(onAway);
    if (listeners.size > 0) return;
    clearInterval(timer);
    [timer, last] = [undefined, undefined];
  };
}

/** How long this program has been away while it was watched, for waits that are not to count it. */
export function awayMs(): number {
  if (timer !== undefined) look();
  return totalMs;
}

function look(): void {
  const now = tickNow();
  const absence = last && absenceBetween(last, now);
  last = now;
  if (absence === undefined) return;
  totalMs += absence;
  const until = Date.now();
  const times = { from: new Date(until - absence), until: new Date(until) };
  for (const tell of listeners)
    tell({
      awayMs: absence,
      from: times.from.toISOString(),
      until: times.until.toISOString(),
    });
}

/** @returns milliseconds; undefined where it was there all the time */
export function absenceBetween(before: Tick, now: Tick): number | undefined {
  const gapMs = Math.max(
    now.monotonicMs - before.monotonicMs,
    now.sinceBootMs - before.sinceBootMs,
  );
  const worked = now.cpuMs - before.cpuMs > workingShare * gapMs;
  return gapMs < absenceMs || worked ? undefined : Math.round(gapMs);
}

function tickNow(): Tick {
  const { user, system } = process.cpuUsage();
  return {
    monotonicMs: performance.now(),
    sinceBootMs: os.uptime() * 1000,
    cpuMs: (user + system) / 1000,
  };
}
