import { describe, expect, it } from 'vitest';
import { caseOf, recordOf } from '../../../test/support/stored-run.js';
import type { Kata } from '../../kata/define.js';
import type { CaseRecord } from '../../kata/run-record.js';
import { onwardOf, type Surroundings } from './onward.js';

const text = { en: 'lost', es: 'perdidos' };
const kata = {
  id: 'kata-9',
  languages: ['node'],
  lesson: [{ strategy: 'naive' }],
  columns: [{ figure: 'lost', head: text }],
} as unknown as Kata;

const around: Surroundings = {
  word: 'kata-9',
  hints: 2,
  notes: ['cap'],
  progress: { done: 1, all: 9 },
  nextKata: 'kata-10',
  lesson: undefined,
  before: undefined,
  isWatched: false,
};

const own = (changes: Partial<CaseRecord>): CaseRecord => {
  const { implementation } = caseOf();
  return caseOf({ implementation: { ...implementation, kind: 'own', path: 'mine' }, ...changes });
};
const after = (one: CaseRecord, more: Partial<Surroundings> = {}) =>
  onwardOf(kata, recordOf({ cases: [one] }), { ...around, ...more });
const typed = (onward: ReturnType<typeof onwardOf>): string[] =>
  onward.commands.map(({ command }) => command);

describe('what comes after a run', () => {
  it('of the lesson is an own program', () => {
    const onward = after(caseOf({ strategy: 'naive' }));
    expect(onward.kind).toBe('lesson');
    expect(typed(onward)[0]).toBe('plan new kata-9');
  });

  it('of an own one that is violated is a hint, and to watch it, unless it is watched', () => {
    const one = own({ verdict: 'violated' });
    expect(typed(after(one))).toEqual([
      'plan show kata-9 --hint 1',
      expect.stringMatching(/ --watch$/),
    ]);
    expect(typed(after(one, { isWatched: true }))).toEqual(['plan show kata-9 --hint 1']);
  });

  it('of one that never started is its log', () => {
    const counts = { requests: 0, ok: 0, fail: 0, unknown: 0 };
    const onward = after(own({ verdict: 'error', slug: 'own-1', counts }));
    expect(onward).toMatchObject({
      kind: 'never-started',
      log: expect.stringContaining('own-1') as string,
    });
  });

  it('of one that holds is a comparison with the cures and the last run', () => {
    const now = own({ verdict: 'holds', figures: { lost: 0 } });
    const onward = after(now, {
      lesson: recordOf({ cases: [caseOf({ strategy: 'outbox', verdict: 'holds' })] }),
      before: recordOf({ cases: [own({ verdict: 'violated', figures: { lost: 3523 } })] }),
    });
    expect(onward).toMatchObject({
      kind: 'holds',
      changes: [{ figure: 'lost', before: 3523, now: 0 }],
      cures: [{ name: 'outbox' }],
      progress: { done: 1, all: 9 },
    });
    expect(typed(onward)).toEqual([
      'plan doc kata-9',
      'plan show kata-9 --solution',
      'plan show kata-9 --hint 1',
      'plan show cap',
      'plan show kata-10',
    ]);
  });
});
