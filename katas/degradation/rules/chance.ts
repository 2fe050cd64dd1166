import {
  counted,
  withinTolerance,
  type Finding,
  type Text,
  type Witness,
} from '../../../src/kata/index.js';
import { byChance } from '../contract.js';
import { isGood, isRefused, saidOf, shown, tookMs, type Request } from '../story.js';
import type { Pulses } from '../../../src/kata/index.js';

/** A right program is blamed so seldom at most, where chance has its whole share. */
const onceIn = 10_000;

/** The most of so many that chance can be blamed for, each with this share: a binomial bound. */
export function mostByChance(n: number, share = byChance): number {
  let [probability, sum] = [(1 - share) ** n, 0];
  for (let k = 0; k < n; k += 1) {
    sum += probability;
    if (1 - sum < 1 / onceIn) return k;
    probability *= ((n - k) / (k + 1)) * (share / (1 - share));
  }
  return n;
}

interface Judged {
  readonly what: Text;
  readonly requests: readonly Request[];
  readonly isBad: (request: Request) => boolean;
  /** Whether the machine, and not the program, may be why. */
  readonly isDoubtful: (request: Request) => boolean;
  readonly witness: (bad: readonly Request[], most: number) => Text;
}

/** Of so many requests no more may be bad than chance allows. */
export function fewAreBad(
  invariant: string,
  rule: Text,
  { what, requests, isBad, isDoubtful, witness }: Judged,
): Finding {
  const bad = requests.filter(isBad);
  const most = mostByChance(requests.length);
  const doubtful = bad.filter(isDoubtful).length;
  const margin = {
    ...{ what, value: bad.length, limit: most, resolution: doubtful },
    unit: `/ ${requests.length}`,
  };
  return withinTolerance(invariant, rule, margin, (): Witness => {
    const sure = bad.filter((one) => !isDoubtful(one));
    return { story: witness(bad, most), lines: sure.slice(0, 3).map(({ line }) => line) };
  });
}

/** A pause of the machine bunches what comes after it: places for few at once are taken then. */
const echoUs = 300_000;
const pauseMs = 40;

/**
 * Whether the machine may be why. Who was refused may have come in a bunch; who was answered too late,
 * or not at all, would without the pause have been in time.
 * @param limitMs in which it should have been answered
 */
export function pausedBy(
  pulses: Pulses,
  limitMs: (request: Request) => number,
): (request: Request) => boolean {
  return (request) => {
    if (isRefused(request)) return pulses.worst(request.start - echoUs, request.end) >= pauseMs;
    const worst = pulses.worst(request.start, request.end);
    if (isGood(request)) return tookMs(request) - worst <= limitMs(request);
    return worst >= request.withinMs / 2;
  };
}

/** `checkout hang-c12 (503 after 1 ms)` */
export const toldOf = (request: Request | undefined): Text => {
  if (!request) return { en: 'none', es: 'ninguna' };
  const { id, route } = request;
  const ms = shown(tookMs(request));
  return request.answer
    ? {
        en: `${route} ${id} (${saidOf(request)} after ${ms} ms)`,
        es: `${route} ${id} (${saidOf(request)} a los ${ms} ms)`,
      }
    : {
        en: `${route} ${id} (nothing within ${ms} ms)`,
        es: `${route} ${id} (nada en ${ms} ms)`,
      };
};

export const requestsOf = {
  en: (n: number): string => counted.en(n, 'request', 'requests'),
  es: (n: number): string => counted.es(n, 'petición', 'peticiones'),
};
