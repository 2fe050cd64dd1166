import { describe, expect, it } from 'vitest';
import {
  cancelled,
  confirmed,
  declined,
  everyCrash,
  judge,
  late,
  soldOut,
} from '../rules.histories.js';

const rights = { confirmed, declined, soldOut, late, cancelled };

describe('a run', () => {
  it('means nothing without the crashes, and says which point was missed', () => {
    const crashes = everyCrash.map((crash) =>
      crash.role === 'payment' && crash.point === 'ack' ? { ...crash, met: false } : crash,
    );
    const missed = judge([confirmed], { crashes }).coverage.filter(({ met }) => !met);
    expect(missed.map(({ condition }) => condition)).toContain('crashed-at-each-point');
    expect(
      missed.find(({ condition }) => condition === 'crashed-at-each-point')?.story.en,
    ).toContain('payment: ack');
  });

  it.each(['confirm', 'publish'] as const)('wants each of them killed at its %s', (point) => {
    const crashes = everyCrash.filter((crash) => crash.role !== 'order' || crash.point !== point);
    const missed = judge(Object.values(rights), { crashes }).coverage.filter(({ met }) => !met);
    expect(missed[0]?.story.en).toContain(`order: ${point}`);
  });

  it('means nothing where a step came while its order was pending', () => {
    const mixed = [{ name: 'OrderCreated', order: 'o-y' }];
    const missed = judge(Object.values(rights), { overtaken: mixed }).coverage.filter(
      ({ met }) => !met,
    );
    expect(missed.map(({ condition }) => condition)).toEqual(['compensation-came-first']);
  });

  it('means nothing where orders that were to overlap came one by one', () => {
    const missed = judge(Object.values(rights), { users: 2 }).coverage.filter(({ met }) => !met);
    expect(missed.map(({ condition }) => condition)).toEqual(['orders-overlapped']);
  });

  it('asks of calls in a row for no messages', () => {
    const names = judge([confirmed], { strategy: 'sync-chain' }).coverage.map(
      (one) => one.condition,
    );
    expect(names).not.toContain('messages-came-twice');
  });
});
