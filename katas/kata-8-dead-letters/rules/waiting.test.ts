import { describe, expect, it } from 'vitest';
import { broken, rightTale, storyOf, Tale } from '../rules.histories.js';

/** So many are refused, and kept in hand for so long each time. */
function flood(count: number, inHandMs: number): Tale {
  const tale = new Tale().act('act-began', 'poison-flood');
  const names = Array.from({ length: count }, (_, n) => `x${n}`);
  for (const name of names) tale.publish(name, 'refused');
  for (const key of ['work', 'work', 'work.dead']) {
    for (const name of names) {
      const delivery = tale.deliver(name);
      tale.call(name, 500, 'unknown address').later(inHandMs);
      tale.confirm(name, tale.copy(name, key)).settle(name, delivery);
    }
  }
  for (const name of names) tale.bury(name);
  return tale.act('act-ended', 'poison-flood');
}

describe('what the checker of kata 8 says of what waits', () => {
  it('finds who waits with the message in hand', () => {
    expect(broken(flood(5, 900))).toContain('others-move-on');
    expect(storyOf(flood(5, 900), 'others-move-on')).toContain('kept it in hand');
    expect(broken(flood(5, 100))).toEqual([]);
    expect(broken(flood(2, 900))).toEqual([]);
  });

  it('finds who lets a second attempt, or a third, wait for too long', () => {
    const waiting = (count: number, ...ms: number[]): Tale => {
      const names = Array.from({ length: count }, (_, n) => `x${n}`);
      const tale = rightTale().alone(...names);
      for (const name of names) {
        tale.publish(name, 'refused');
        for (const wait of ms) tale.fail(name).later(wait);
        tale.fail(name, 'work.dead').bury(name);
      }
      return tale;
    };
    expect(broken(waiting(5, 500, 1_500))).toEqual(['tried-again-in-time']);
    expect(broken(waiting(5, 1_500, 10))).toEqual(['tried-again-in-time']);
    expect(storyOf(waiting(5, 500, 1_500), 'tried-again-in-time')).toContain('attempt 2 at x');
    expect(broken(waiting(5, 1_000, 1_000))).toEqual([]);
    expect(broken(waiting(3, 500, 1_500))).toEqual([]);
  });

  it('finds copies in a queue that ends before they do, and copies that do', () => {
    const copied = (how: object, more: object = {}) => {
      const tale = rightTale().publish('x', 'refused').declare('wait', how);
      for (const key of ['wait', 'wait', 'work.dead']) {
        const delivery = tale.deliver('x');
        tale
          .call('x', 500)
          .confirm('x', tale.copy('x', key, more))
          .settle('x', delivery);
      }
      return tale.bury('x');
    };
    expect(broken(copied({}))).toEqual([]);
    expect(broken(copied({ durable: false }))).toEqual(['copies-outlive-a-restart']);
    expect(broken(copied({ exclusive: true }))).toEqual(['copies-outlive-a-restart']);
    expect(broken(copied({}, { persistent: false }))).toEqual(['copies-outlive-a-restart']);
    const rejected = rightTale().publish('x', 'late').declare('work.retry', { durable: false });
    const delivery = rejected.deliver('x');
    rejected.call('x', 503).settle('x', delivery, 'discard').fail('x').ship('x');
    expect(broken(rejected)).toEqual(['copies-outlive-a-restart']);
  });
});
