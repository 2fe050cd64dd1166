import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import type { LatencySummary } from '../../kata/run-record.js';
import type { GeneratorFigures, LateSends, Mode } from './types.js';

/** Above this share of work, requests wait for the generator as much as for the server. */
const busyShare = 0.9;
/** Lag below this says nothing: any machine has it. */
const lagFloorMs = 5;
const lagShare = 0.2;
const lateShare = 0.01;
/** A send that is later than this is late, and than a share of what an answer takes anyway. */
const lateFloorMs = 1;
const resolutionMs = 10;

/** To make one takes longer than a short load: who is done leaves it to the next. */
const delays: IntervalHistogram[] = [];

/** Watches whether the generator itself is what is measured. */
export class SelfWatch {
  #delay: IntervalHistogram | undefined;
  #begun = 0;
  #utilisation = performance.eventLoopUtilization();
  #idleMs = 0;

  begin(now: number): void {
    this.#delay = delays.pop() ?? monitorEventLoopDelay({ resolution: resolutionMs });
    this.#delay.reset();
    this.#delay.enable();
    this.#begun = now;
    this.#idleMs = 0;
    this.#utilisation = performance.eventLoopUtilization();
  }

  /** Time in which the loop went round with nothing to do: it waits for the next send so. */
  addIdle(ms: number): void {
    this.#idleMs += ms;
  }

  end(now: number): Omit<GeneratorFigures, 'boundBy'> {
    const { idle } = performance.eventLoopUtilization(this.#utilisation);
    const took = Math.max(now - this.#begun, 0.001);
    const busy = 1 - (idle + this.#idleMs) / took;
    return {
      utilisation: Math.min(1, Math.max(0, busy)),
      ...this.#lags(),
    };
  }

  #lags(): Pick<GeneratorFigures, 'lagP50' | 'lagP99' | 'lagMax'> {
    const delay = this.#delay;
    this.#delay = undefined;
    delay?.disable();
    const lags =
      delay === undefined || delay.count === 0
        ? { lagP50: 0, lagP99: 0, lagMax: 0 }
        : {
            lagP50: lagOf(delay.percentile(50)),
            lagP99: lagOf(delay.percentile(99)),
            lagMax: lagOf(delay.max),
          };
    if (delay !== undefined) delays.push(delay);
    return lags;
  }
}

function lagOf(nanoseconds: number): number {
  return Math.max(0, Math.round(nanoseconds / 1000) / 1000 - resolutionMs);
}

/** @returns every sign that the generator was the limit */
export function boundBy(
  mode: Mode['kind'],
  figures: Omit<GeneratorFigures, 'boundBy'>,
  latency: LatencySummary | null,
  late: LateSends & { readonly sent: number; readonly hung: number; readonly servedMs: number },
): GeneratorFigures['boundBy'] {
  // Where most requests hang, it is not the generator that they wait for.
  const mostHang = late.hung > (latency?.n ?? 0);
  // Where most are refused, and that at once, those that are served tell what an answer takes.
  const answerMs = Math.max(latency?.p50 ?? 0, late.servedMs);
  const median = mostHang ? Number.POSITIVE_INFINITY : answerMs;
  const owed = owedLonger(late.owedByMs, Math.max(lateFloorMs, lagShare * median));
  return [
    ...(figures.utilisation >= busyShare ? (['utilisation'] as const) : []),
    ...(figures.lagP99 > Math.max(lagFloorMs, lagShare * median) ? (['lag'] as const) : []),
    ...(mode === 'open' && owed > lateShare * late.sent ? (['late-sends'] as const) : []),
  ];
}

/** Sends that the generator owes for so long or longer: what is less is lost in what an answer takes. */
function owedLonger(byMs: ArrayLike<number>, ms: number): number {
  let sum = 0;
  for (let late = Math.ceil(ms); late < byMs.length; late += 1) sum += byMs[late] ?? 0;
  return sum;
}
