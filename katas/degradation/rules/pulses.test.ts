import { describe, expect, it } from 'vitest';
import { Tale } from '../rules.histories.js';

/** A quiet part of half a second, and then trouble; pulses came for so long. */
const spike = (pulsesMs: number) =>
  new Tale('spike').pulses(pulsesMs).part(0, 'quiet').part(500, 'trouble');

describe('where no pulse came through in the trouble', () => {
  it('nobody knows how quick refusals were', () => {
    const refused = (pulsesMs: number, tookMs: number) =>
      spike(pulsesMs)
        .every(10, [600, 1_000], () => ({ status: 503, tookMs, retryAfter: 1 }))
        .finding('refusals-are-quick').holds;
    expect([refused(1_200, 60), refused(1_200, 10)]).toEqual([false, true]);
    expect(refused(400, 60)).toBe(null);
    // Of an act in which nobody was refused it does not matter.
    expect(spike(400).ask({ at: 600 }).finding('refusals-are-quick').holds).toBe(true);
  });

  it('nobody knows why workers were idle, but that they were not is certain', () => {
    const overload = (pulsesMs: number, apartMs: number) =>
      new Tale('overload')
        .pulses(pulsesMs)
        .part(0, 'quiet')
        .part(500, 'trouble')
        .part(1_500, 'after')
        .every(apartMs, [500, 1_500], () => ({ tookMs: 81 }))
        .finding('dependency-is-not-idle').holds;
    expect([overload(1_600, 40), overload(1_600, 10)]).toEqual([false, true]);
    expect([overload(400, 40), overload(400, 10)]).toEqual([null, true]);
  });

  it('nobody knows what a gateway took for itself', () => {
    const waited = (tale: Tale) =>
      tale
        .every(10, [600, 800], () => ({
          ...{ status: 504, tookMs: 500 },
          calls: [{ afterMs: 300, deadline: '500', how: 'too-late' as const }],
        }))
        .finding('deadline-is-handed-on').holds;
    expect([waited(spike(1_400)), waited(spike(0))]).toEqual([false, null]);
  });
});

describe('what a gateway did with its client’s time before it made the call', () => {
  const waited = (waitMs: number, said: number, lateMs = 1) =>
    new Tale('spike')
      .pulses(1_400, () => lateMs)
      .part(0, 'quiet')
      .part(500, 'trouble')
      .every(10, [600, 1_000], () => ({
        tookMs: 200,
        calls: [{ afterMs: waitMs, deadline: String(said) }],
      }))
      .finding('deadline-is-handed-on').holds;

  it('is no longer left, also where it was less than the machine may take now and then', () => {
    expect([waited(90, 500), waited(90, 410), waited(30, 500)]).toEqual([false, true, true]);
    expect(waited(90, 500, 60)).toBe(null);
  });
});

describe('a call that comes after its client’s time', () => {
  const late = (lateMs: (ms: number) => number, untilMs = 1_400) =>
    new Tale('spike')
      .pulses(untilMs, lateMs)
      .part(0, 'quiet')
      .part(500, 'trouble')
      .every(10, [600, 650], () => ({ status: 504, tookMs: 500, calls: [{ afterMs: 600 }] }))
      .finding('no-call-for-who-has-gone').holds;
  const between = (from: number, until: number) => (ms: number) =>
    ms >= from && ms < until ? 200 : 1;

  it('is excused by a machine that was late as it was read or made, and by no pause in between', () => {
    expect(late(between(0, 0))).toBe(false);
    expect(late(between(750, 900))).toBe(false);
    expect(late(between(550, 700))).toBe(null);
    expect(late(between(1_100, 1_300))).toBe(null);
    expect(late(between(0, 0), 1_000)).toBe(null);
  });
});
