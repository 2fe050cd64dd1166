import { describe, expect, it } from 'vitest';
import { History, type HistoryEvent } from '../../kata/history.js';
import { withoutVoid } from './again.js';

const note = (f: string, act: string): HistoryEvent => ({
  ...{ case: 0, at: 0, type: 'note', f },
  value: { act },
});
const asked = (type: 'invoke' | 'ok', op: number): HistoryEvent => ({
  ...{ case: 0, at: 0, type, op, process: op, f: 'get' },
  value: null,
});

describe('an act that was played again', () => {
  const history = new History(
    [
      ...[note('act-began', 'quiet'), note('part', 'one'), note('act-ended', 'quiet')],
      ...[note('act-began', 'flood'), asked('invoke', 0), asked('invoke', 1), asked('ok', 0)],
      ...[note('part', 'two'), note('act-ended', 'flood'), note('act-again', 'flood')],
      ...[note('act-began', 'flood'), asked('ok', 1), asked('invoke', 2), asked('ok', 2)],
      ...[note('part', 'three'), note('act-ended', 'flood')],
    ],
    5,
  );

  it('counts as it was the last time, and other acts as they were', () => {
    const left = withoutVoid(history);
    expect(left.operations().map(({ op }) => op)).toEqual([2]);
    expect(left.notes('part').map(({ value }) => value)).toEqual([
      { act: 'one' },
      { act: 'three' },
    ]);
    expect(left.notes('act-began')).toHaveLength(2);
  });

  it('leaves every line its number', () => {
    const [last] = withoutVoid(history).operations();
    expect(last).toMatchObject({ invokedOn: 17, completedOn: 18 });
  });

  it('is nothing where none was', () => {
    const once = new History([note('act-began', 'quiet'), note('act-ended', 'quiet')]);
    expect(withoutVoid(once)).toBe(once);
  });
});
