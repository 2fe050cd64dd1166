import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../test/support/history.js';
import { timelineOf } from './timeline.js';

const broken = { kind: 'connection', detail: 'ECONNRESET' } as const;

describe('the timeline of a case', () => {
  it('is none without faults, or without requests', () => {
    const plain = new HistoryWriter();
    plain.complete(plain.invoke(0, 'buy', {}), 'ok', {});
    expect(timelineOf(plain.history())).toBeUndefined();
    const silent = new HistoryWriter();
    silent.note('fault', { n: 0, kind: 'hold', target: 'database', detail: {} });
    expect(timelineOf(silent.history())).toBeUndefined();
  });

  it('has every fault with its end, and every answer in its slot', () => {
    const writer = new HistoryWriter();
    writer.complete(writer.invoke(0, 'buy', {}), 'ok', {});
    writer.note('fault', { n: 0, kind: 'black-hole', target: 'database', detail: {} });
    writer.unknown(writer.invoke(0, 'buy', {}), broken);
    writer.note('fault-ended', { n: 0, how: 'healed' });
    writer.note('fault', { n: 1, kind: 'cut', target: 'program', detail: {} });
    writer.note('program-killed', {});
    writer.note('program-started', {});
    writer.note('program-killed', {});
    writer.invoke(0, 'buy', {});
    const timeline = timelineOf(writer.history());
    expect(timeline?.faults).toEqual([
      { what: 'black-hole', target: 'database', fromMs: 0.02, untilMs: 0.05 },
      { what: 'cut', target: 'program', fromMs: 0.06, untilMs: 0.06 },
      { what: 'killed', target: 'program', fromMs: 0.07, untilMs: 0.08 },
      { what: 'killed', target: 'program', fromMs: 0.09, untilMs: null },
    ]);
    const sum = (counts: readonly number[] = []) => counts.reduce((all, n) => all + n, 0);
    expect(sum(timeline?.answered)).toBe(1);
    // One broke; one had no end at all.
    expect(sum(timeline?.unanswered)).toBe(2);
    expect(timeline?.unanswered?.at(-1)).toBe(1);
  });

  it('knows whose a fault is, and who is started again', () => {
    const writer = new HistoryWriter();
    writer.complete(writer.invoke(0, 'buy', {}), 'ok', {});
    writer.note('program-killed', { role: 'payment' });
    writer.note('program-started', { role: 'order' });
    writer.note('fault', { n: 0, kind: 'cut', target: 'broker', role: 'order', detail: {} });
    writer.note('program-started', { role: 'payment' });
    expect(timelineOf(writer.history())?.faults).toEqual([
      { what: 'killed', target: 'program', role: 'payment', fromMs: 0.02, untilMs: 0.05 },
      { what: 'cut', target: 'broker', role: 'order', fromMs: 0.04, untilMs: 0.04 },
    ]);
  });

  it('counts nothing where a load was only counted', () => {
    const writer = new HistoryWriter();
    writer.complete(writer.invoke(0, 'buy', {}), 'ok', {});
    writer.note('fault', { kind: 'broker-killed', target: 'broker', detail: {} });
    writer.note('load', {});
    expect(timelineOf(writer.history())).not.toHaveProperty('answered');
  });
});
