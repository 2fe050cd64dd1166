import { describe, expect, it } from 'vitest';
import type { Scene } from '../notes.js';
import { every, failed, live, Told, times, type Call } from './scenes.histories.js';

describe('the half-open moment', () => {
  const probe = (takesMs: number): Call => ({ status: 200, price: 1, takesMs, phase: 'patient' });
  const opened = (scene: Scene): Told => new Told(scene).ask(0, { call: failed }).ask(20);

  it('lets as many through as there are probes', () => {
    const two = () => every(opened('probes'), [540, 541], probe(60));
    expect(two().ask(545).found().broken).toEqual([]);
    expect(
      two()
        .ask(545, { call: probe(60) })
        .found().broken,
    ).toEqual(['half-open-lets-few-through']);
  });

  it('ends with as many good ones as asked for: no fewer, and no more', () => {
    const one = () =>
      opened('probes')
        .ask(540, { call: probe(60) })
        .ask(541, { call: probe(140) });
    const next = one().ask(610, { call: probe(60) });
    expect(next.found().broken).toEqual([]);
    expect(next.ask(615, { call: probe(60) }).found().broken).toEqual(['closes-after-good-probes']);
    expect(one().ask(700).found().broken).toEqual(['closes-after-good-probes']);
  });

  it('counts only the good ones of this half-open time', () => {
    const nearly = (): Told =>
      opened('nearly')
        .ask(300, { call: { ...live, phase: 'nearly' } })
        .ask(310, { call: { ...failed, phase: 'nearly' } })
        .ask(320);
    const tried = () => every(nearly(), [580, 581], probe(60));
    expect(tried().ask(660, { call: live }).found().broken).toEqual([]);
    expect(tried().ask(700).found().broken).toEqual(['closes-after-good-probes']);
    const early = every(nearly().ask(580, { call: probe(10) }), [600, 601, 602], probe(60));
    expect(early.found().broken).toEqual(['closes-after-good-probes']);
  });

  it('ends also where the clients of the probes have hung up', () => {
    const left = (): Told =>
      opened('hung-up')
        .hangUp(300, { call: probe(140), tookMs: 50 })
        .hangUp(301, { call: probe(140), tookMs: 50 });
    const well = (from: number) => every(left(), times(from, 20, 50), live);
    expect(well(500).found().broken).toEqual([]);
    const rejected = times(360, 25, 50).reduce<Told>((all, at) => all.ask(at), left());
    expect(rejected.found().broken).toEqual(['recovers']);
  });

  it('does not end with clients that hung up before the answer came', () => {
    const gone: Call = { status: 'gone', takesMs: 52, phase: 'patient' };
    const left = (call: Call): Told =>
      opened('hung-up').hangUp(300, { call, tookMs: 50 }).hangUp(301, { call, tookMs: 50 });
    const crowd = (call: Call, count: number) => every(left(call), times(500, count, 1), probe(60));
    expect(crowd(gone, 2).found().broken).toEqual([]);
    expect(crowd(gone, 3).found().broken).toEqual(['closes-after-good-probes']);
    // Whoever does not break them off hears of them, and these were good ones.
    expect(crowd(probe(140), 9).found().broken).toEqual([]);
    // What nobody waits for is in nobody's way, though it was broken off a moment later.
    const soon = every(left({ ...gone, takesMs: 80 }), [360, 361], probe(60));
    expect(soon.found().broken).toEqual([]);
  });

  it('does not end with a good answer to a probe of the half-open time before', () => {
    const late = (takesMs: number): Told =>
      opened('good-late')
        .ask(300, { call: { ...live, phase: 'one-late', takesMs } })
        .ask(301, { call: { ...failed, phase: 'one-late' } })
        .ask(560, { call: probe(60) })
        .ask(561, { call: probe(140) })
        .ask(630, { call: probe(60) });
    expect(late(299).found().broken).toEqual([]);
    const next = (takesMs: number) => late(takesMs).ask(631, { call: probe(60) });
    expect(next(299).found().broken).toEqual(['late-answers-change-nothing']);
    const condition = (told: Told) =>
      told.checked().coverage.find((one) => one.condition === 'late-probes-came')?.met;
    expect(condition(late(299))).toBe(true);
    expect(condition(late(200))).toBe(false);
    // It came after what it is to have been heard in.
    expect(next(400).found().broken).toEqual([]);
    expect(condition(late(400))).toBe(false);
    // One at a time: none is late.
    expect(condition(opened('good-late').ask(300, { call: probe(299) }))).toBe(true);
  });

  it('ends with answers that there is no such thing, too', () => {
    const unknown: Call = { status: 404, phase: 'patient' };
    const tried = () => every(opened('unknown'), [540, 560], unknown);
    expect(tried().ask(600, { call: unknown }).found().broken).toEqual([]);
    expect(tried().ask(600).found().broken).toEqual(['closes-after-good-probes']);
  });
});
