import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../../../test/support/processes.js';
import { Recorder } from '../../history/recorder.js';
import { Schedules } from './schedules.js';

function made(): { schedules: Schedules; notes: (f: string) => unknown[] } {
  const recorder = new Recorder(0);
  return {
    schedules: new Schedules(recorder),
    notes: (f) =>
      recorder.events.flatMap((event) =>
        event.type === 'note' && event.f === f ? [event.value] : [],
      ),
  };
}

describe('a schedule', () => {
  it('carries out each step at its request or its time, and tells which were left', async () => {
    const { schedules, notes } = made();
    const done: string[] = [];
    const came = await schedules.during(
      [
        { afterMs: 1, what: 'soon', act: () => done.push('soon') },
        { atRequest: 2, what: 'second', act: () => done.push('second') },
        { atRequest: 9, what: 'ninth', act: () => done.push('ninth') },
        { afterMs: 3_600_000, what: 'late', act: () => done.push('late') },
      ],
      async () => {
        for (let n = 0; n < 3; n += 1) schedules.onRequest?.();
        await until('the first step', () => done.includes('soon'));
        return 'answers';
      },
    );
    expect(came).toBe('answers');
    expect(done.sort()).toEqual(['second', 'soon']);
    expect(notes('schedule')).toEqual([
      {
        steps: [
          { what: 'soon', afterMs: 1 },
          { what: 'second', atRequest: 2 },
          { what: 'ninth', atRequest: 9 },
          { what: 'late', afterMs: 3_600_000 },
        ],
      },
    ]);
    expect(notes('schedule-step')).toContainEqual({ step: 1, what: 'second' });
    expect(notes('schedule-ended')).toEqual([{ carriedOut: 2, left: [2, 3] }]);
    expect(schedules.onRequest).toBeUndefined();
  });

  it('tells what a step threw once the load is over', async () => {
    const { schedules, notes } = made();
    const step = { atRequest: 1, what: 'breaks', act: () => Promise.reject(new Error('no proxy')) };
    const load = async (): Promise<void> => {
      schedules.onRequest?.();
      await sleep(5);
    };
    await expect(schedules.during([step], load)).rejects.toThrow('no proxy');
    expect(notes('schedule-ended')).toHaveLength(1);
  });

  it('is one at a time', async () => {
    const { schedules } = made();
    const nested = schedules.during([], () => schedules.during([], () => Promise.resolve()));
    await expect(nested).rejects.toThrow('running already');
  });
});
