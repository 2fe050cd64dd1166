import { median } from '../../base/units.js';
import { compareTexts } from '../../i18n/compare.js';
import type { Locale } from '../../i18n/text.js';
import type { CaseRecord } from '../../kata/run-record.js';

/**
 * - `generator`: the load generator; then the figures say too little about the program.
 * - `thread`: one thread of the program had no time left, as the only one of Node.
 * - `machine`: no core had time left, and it was this experiment that used it.
 * - `neighbours`: no core had time left, and other programs had a good part of it.
 * - `waiting`: there was time left, so the program waited for something else.
 */
export type LimitKind = 'generator' | 'thread' | 'machine' | 'neighbours' | 'waiting' | 'unknown';

/** What most of the rounds were limited by; figures are medians over all rounds. */
export interface Limit {
  readonly kind: LimitKind;
  readonly rounds: number;
  readonly of: number;
  readonly cores: number;
  readonly coresUsed: number;
  readonly coresOfGenerator: number;
  readonly coresOfOthers: number;
  /** From 0 to 1: of the busiest thread, and of the generator's event loop. */
  readonly threadShare: number;
  readonly generatorShare: number;
}

/**
 * A thread or a machine at work for so much of a load has little left: a burst begins with the wait
 * of its first requests and ends with the last ones, when there is less to do.
 */
const busyThread = 0.75;
const busyMachine = 0.75;
/** Of the machine, by other programs: more is no longer noise. */
const muchForOthers = 0.2;

export function limitOf(cases: readonly CaseRecord[], cores: number): Limit {
  const seen = cases.map((one) => sharesOf(one, cores));
  const counts = new Map<LimitKind, number>();
  for (const { kind } of seen) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [kind, rounds] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['unknown', 0];
  const middle = (of: (one: Shares) => number): number =>
    seen.length > 0 ? median(seen.map(of)) : 0;
  return {
    ...{ kind, rounds, of: seen.length, cores },
    coresUsed: middle((one) => one.used),
    coresOfGenerator: middle((one) => one.plan),
    coresOfOthers: middle((one) => one.others),
    threadShare: middle((one) => one.thread),
    generatorShare: middle((one) => one.generator),
  };
}

/** `one thread, at work 96 % of the time; the program used 1.1 of 2 cores` */
export function tellLimit(locale: Locale, limit: Limit): string {
  const t = compareTexts[locale];
  const told = toldLimit(locale, limit);
  const { kind, rounds, of } = limit;
  return rounds < of && kind !== 'unknown' ? `${told}${t.inSomeRounds(rounds, of)}` : told;
}

function toldLimit(locale: Locale, { kind, cores, ...limit }: Limit): string {
  const { limits } = compareTexts[locale];
  const used = formatCores(limit.coresUsed);
  switch (kind) {
    case 'generator':
      return limits.generator(percent(limit.generatorShare));
    case 'thread':
      return limits.thread(percent(limit.threadShare), used, cores);
    case 'machine':
      return limits.machine(used, formatCores(limit.coresOfGenerator), cores);
    case 'neighbours':
      return limits.neighbours(formatCores(limit.coresOfOthers), used, cores);
    case 'waiting':
      return limits.waiting(used, cores);
    case 'unknown':
      return limits.unknown();
  }
}

interface Shares {
  readonly kind: LimitKind;
  /** Cores. */
  readonly used: number;
  readonly plan: number;
  readonly others: number;
  readonly thread: number;
  readonly generator: number;
}

function sharesOf({ resources, generator }: CaseRecord, cores: number): Shares {
  const wall = resources?.wallMs ?? 0;
  const share = (ms: number | undefined): number => (wall > 0 ? (ms ?? 0) / wall : 0);
  const used = share(resources?.cpuMs);
  const plan = share(resources?.planCpuMs);
  const machine = share(resources?.machineCpuMs);
  const shares = {
    ...{ used, plan },
    others: Math.max(0, machine - used - plan),
    thread: share(resources?.busiestThreadMs),
    generator: generator?.utilisation ?? 0,
  };
  if (generator?.bound === true) return { ...shares, kind: 'generator' };
  if (wall === 0) return { ...shares, kind: 'unknown' };
  return { ...shares, kind: kindOf(shares, machine, cores) };
}

function kindOf(
  { thread, others, used }: Omit<Shares, 'kind'>,
  machine: number,
  cores: number,
): LimitKind {
  if (thread >= busyThread) return 'thread';
  if (machine < busyMachine * cores) return used >= busyMachine * cores ? 'machine' : 'waiting';
  return others > muchForOthers * cores ? 'neighbours' : 'machine';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function formatCores(cores: number): string {
  return cores < 0.1 ? cores.toFixed(2) : cores.toFixed(1);
}
