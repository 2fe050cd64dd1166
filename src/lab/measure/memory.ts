import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers';
import type { MemoryPeak } from '../../kata/memory.js';
import { statFields } from '../../register/identity.js';

const betweenLooksMs = 500;
/** Of the time between two looks, the looks take no more than one part in so many. */
const share = 50;

/** Where each of the three begins; what these have started belongs to them. */
interface Roots {
  readonly lab: number;
  readonly programs: readonly number[];
  /** Undefined where they are not all processes of this machine. */
  readonly services: readonly number[] | undefined;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
}

interface Holding {
  /** Nobody else's. */
  readonly own: number;
  /** Files and shared memory, which others of its family hold as well. */
  readonly shared: number;
}

/**
 * Looks again and again at what lab, programs and services hold together.
 * @returns tells the most that was seen, and looks no more; undefined where the machine does not tell
 */
export function watchMemory(roots: () => Roots): () => MemoryPeak | undefined {
  let peak: MemoryPeak | undefined;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const begun = performance.now();
    const seen = heldBy(roots(), processes(), holdingOf);
    if (seen.bytes > (peak?.bytes ?? 0)) peak = seen;
    const tookMs = performance.now() - begun;
    timer = setTimeout(look, Math.max(betweenLooksMs, tookMs * share)).unref();
  };
  if (process.platform === 'linux') look();
  return () => {
    clearTimeout(timer);
    return peak;
  };
}

/** What several processes share counts once in each family: the servers' memory, the program's text. */
export function heldBy(
  { lab, programs, services }: Roots,
  all: readonly Process[],
  holds: (pid: number) => Holding,
): MemoryPeak {
  const known = new Set([...programs, ...(services ?? [])]);
  const families = (roots: readonly number[]): number =>
    roots
      .map((root) => familyOf(root, all, known).map(holds))
      .reduce((sum, members) => sum + ofFamily(members), 0);
  const each = {
    ...{ lab: families([lab]), programs: families(programs) },
    ...(services && { services: families(services) }),
  };
  return { bytes: each.lab + each.programs + (each.services ?? 0), ...each };
}

function ofFamily(members: readonly Holding[]): number {
  const own = members.reduce((sum, one) => sum + one.own, 0);
  return own + Math.max(0, ...members.map(({ shared }) => shared));
}

/** It, and whatever it has started that is the root of no other. */
function familyOf(root: number, all: readonly Process[], roots: ReadonlySet<number>): number[] {
  const children = all.filter(({ pid, parent }) => parent === root && !roots.has(pid));
  return [root, ...children.flatMap(({ pid }) => familyOf(pid, all, roots))];
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const pid = Number(name);
      // Counted from the state, which is field 3 in proc(5).
      const parent = statFields(pid)?.[4 - 3];
      return parent === undefined ? [] : [{ pid, parent: Number(parent) }];
    });
}

/** Nothing, of one that has ended. */
function holdingOf(pid: number): Holding {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { own: bytes('RssAnon'), shared: bytes('RssFile') + bytes('RssShmem') };
  } catch {
    return { own: 0, shared: 0 };
  }
}
