import os from 'node:os';
import type { Resources } from '../../kata/run-record.js';
import type { RunningProgram, Usage } from '../implementation/types.js';

/** Takes what programs, this program and the whole machine use while a load runs. */
export class CpuMeter {
  readonly #programs: () => readonly Metered[];
  readonly #windows: Resources[] = [];
  #before: Reading | undefined;

  /** @param programs that run at that moment */
  constructor(programs: () => readonly Metered[]) {
    this.#programs = programs;
  }

  async begin(): Promise<void> {
    const programs = this.#programs();
    this.#before = readNow(programs, await usageOfAll(programs));
  }

  async end(): Promise<void> {
    const before = this.#before;
    if (!before) return;
    this.#before = undefined;
    const now = readNow(before.programs, []);
    const window = between(before, { ...now, usage: await usageOfAll(before.programs) });
    if (window) this.#windows.push(window);
  }

  /** Of all loads together; null where nothing could be read. */
  total(): Resources | null {
    return addUp(this.#windows);
  }
}

/** A program, and of a system the role that it plays. */
interface Metered {
  readonly program: RunningProgram;
  readonly of: { readonly role?: string };
}

interface Reading {
  readonly programs: readonly Metered[];
  readonly usage: readonly (Usage | null)[];
  readonly at: number;
  /** Milliseconds of CPU time. */
  readonly planMs: number;
  readonly machineMs: number;
}

function readNow(programs: readonly Metered[], usage: readonly (Usage | null)[]): Reading {
  const { user, system } = process.cpuUsage();
  return {
    ...{ programs, usage },
    at: performance.now(),
    planMs: (user + system) / 1000,
    machineMs: busyMs(),
  };
}

/** Null where no program could be read both times. */
function between(then: Reading, now: Reading): Resources | null {
  const pairs = now.usage.flatMap((after, n) => {
    const before = then.usage[n];
    const role = then.programs[n]?.of.role;
    return before && after ? [{ before, after, role }] : [];
  });
  if (pairs.length === 0) return null;
  const threads = pairs.flatMap(({ before, after }) => threadTimes(before, after));
  return {
    cpuMs: pairs.reduce((sum, { before, after }) => sum + after.cpuMs - before.cpuMs, 0),
    peakRssBytes: Math.max(...pairs.map(({ after }) => after.peakRssBytes)),
    ...byRole(pairs),
    wallMs: now.at - then.at,
    ...(threads.length > 0 && { busiestThreadMs: Math.max(...threads) }),
    planCpuMs: now.planMs - then.planMs,
    machineCpuMs: now.machineMs - then.machineMs,
  };
}

function addUp(windows: readonly Resources[]): Resources | null {
  if (windows.length === 0) return null;
  const sum = (of: (window: Resources) => number | undefined): number =>
    Math.round(windows.reduce((total, window) => total + (of(window) ?? 0), 0));
  const threadsKnown = windows.every(({ busiestThreadMs }) => busiestThreadMs !== undefined);
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs),
    peakRssBytes: Math.max(...windows.map(({ peakRssBytes }) => peakRssBytes)),
    ...rolesOf(windows),
    wallMs: sum(({ wallMs }) => wallMs),
    ...(threadsKnown && { busiestThreadMs: sum(({ busiestThreadMs }) => busiestThreadMs) }),
    planCpuMs: sum(({ planCpuMs }) => planCpuMs),
    machineCpuMs: sum(({ machineCpuMs }) => machineCpuMs),
  };
}

interface Pair {
  readonly before: Usage;
  readonly after: Usage;
  readonly role: string | undefined;
}

type Shares = Pick<Resources, 'roles'>;

function byRole(pairs: readonly Pair[]): Shares {
  return shares(
    pairs.flatMap(({ before, after, role }) =>
      role === undefined
        ? []
        : [
            [
              role,
              { cpuMs: after.cpuMs - before.cpuMs, peakRssBytes: after.peakRssBytes },
            ] as const,
          ],
    ),
  );
}

function rolesOf(windows: readonly Resources[]): Shares {
  return shares(windows.flatMap(({ roles = {} }) => Object.entries(roles)));
}

/** CPU adds up; the peak is the largest. */
function shares(each: readonly (readonly [string, Share])[]): Shares {
  const roles: Record<string, Share> = {};
  for (const [role, { cpuMs, peakRssBytes }] of each) {
    const known = roles[role] ?? { cpuMs: 0, peakRssBytes: 0 };
    roles[role] = {
      cpuMs: Math.round(known.cpuMs + cpuMs),
      peakRssBytes: Math.max(known.peakRssBytes, peakRssBytes),
    };
  }
  return each.length === 0 ? {} : { roles };
}

type Share = NonNullable<Resources['roles']>[string];

function usageOfAll(programs: readonly Metered[]): Promise<(Usage | null)[]> {
  return Promise.all(programs.map(({ program }) => program.usage()));
}

function threadTimes(before: Usage, after: Usage): number[] {
  return [...(after.threads ?? [])].map(([thread, ms]) => ms - (before.threads?.get(thread) ?? 0));
}

/** Of all cores since the machine was started, milliseconds. */
function busyMs(): number {
  return os
    .cpus()
    .reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
