import { describe, expect, it } from 'vitest';
import { worstOf } from './generator-record.js';
import type { LoadResult } from './types.js';

const load = (mode: LoadResult['mode'], late: number, unsent: number): LoadResult =>
  ({
    mode,
    generatorBound: false,
    generator: { utilisation: 0.1, lagP99: 1, boundBy: [] },
    measured: { unsent, late: { count: late, forUser: late - 1, max: late * 1.5 } },
    notices:
      mode === 'open' ? [{ code: 'file-limit', wanted: 9, got: 3, what: 'w', mend: 'm' }] : [],
  }) as unknown as LoadResult;

describe('what a run keeps of its load generator', () => {
  it('counts late sends of loads at a rate alone, and says what limited them', () => {
    expect(worstOf([load('burst', 100, 0), load('open', 4, 2), load('open', 6, 1)])).toEqual({
      bound: false,
      boundBy: [],
      utilisation: 0.1,
      lagP99: 1,
      unsent: 3,
      late: { count: 10, forUser: 8, maxMs: 9 },
      limits: [
        { what: 'w', mend: 'm' },
        { what: 'w', mend: 'm' },
      ],
    });
    expect(worstOf([load('burst', 100, 0)])).not.toHaveProperty('late');
    expect(worstOf([])).toBeUndefined();
  });
});
