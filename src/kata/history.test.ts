import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../test/support/history.js';
import { History, mostUnderWay } from './history.js';

describe('a history', () => {
  it('joins invocations with their completions, and leaves the open ones unknown', () => {
    const writer = new HistoryWriter();
    const one = writer.invoke(0, 'buy', 'a');
    const two = writer.invoke(1, 'buy', 'b');
    writer.invoke(2, 'sell', 'c');
    writer.complete(two, 'ok', 'B');
    writer.complete(one, 'fail', 'A');
    const history = writer.history(11);
    expect(history.operations('buy')).toMatchObject([
      { asked: 'a', outcome: 'fail', answer: 'A', invokedOn: 11, completedOn: 15 },
      { asked: 'b', outcome: 'ok', answer: 'B', invokedOn: 12, completedOn: 14 },
    ]);
    expect(history.operations('sell')).toMatchObject([
      { outcome: 'unknown', completedOn: undefined, end: Number.POSITIVE_INFINITY },
    ]);
    expect(history.operations()).toHaveLength(3);
  });

  it('refuses a completion without an invocation, and a second one', () => {
    const event = { case: 0, at: 0, op: 0, process: 0, f: 'buy', value: null } as const;
    expect(() => new History([{ ...event, type: 'ok' }]).operations()).toThrow('never invoked');
    const twice = new History([
      { ...event, type: 'invoke' },
      { ...event, type: 'ok' },
      { ...event, type: 'fail' },
    ]);
    expect(() => twice.operations()).toThrow('ended twice');
  });

  it('finds notes with their lines', () => {
    const writer = new HistoryWriter();
    writer.invoke(0, 'buy', 'a');
    writer.note('restock', { units: 2 });
    expect(writer.history(5).notes('restock')).toEqual([{ value: { units: 2 }, at: 10, line: 6 }]);
  });

  it('counts what was under way at once', () => {
    const at = (start: number, end: number) => ({ start, end }) as never;
    expect(mostUnderWay([])).toBe(0);
    expect(mostUnderWay([at(0, 10), at(10, 20)])).toBe(1);
    expect(mostUnderWay([at(0, 10), at(5, 20), at(6, 7), at(30, 31)])).toBe(3);
    expect(mostUnderWay([at(0, Number.POSITIVE_INFINITY), at(5, 6)])).toBe(2);
  });
});
