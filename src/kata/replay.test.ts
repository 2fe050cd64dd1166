import { describe, expect, it } from 'vitest';
import { caseOf, naiveCase, recordOf } from '../../test/support/stored-run.js';
import { ratesOf } from './replay.js';

const holding = caseOf();
const broken = naiveCase();

describe('the rate at which outcomes come back', () => {
  it('counts the same verdict by the same broken invariants, case by case', () => {
    const stored = recordOf({ cases: [broken, { ...holding, index: 1 }] });
    const other = { ...broken, findings: [{ ...broken.findings[0], invariant: 'another' }] };
    const rounds = [
      recordOf({ cases: [broken, { ...holding, index: 1 }] }),
      recordOf({ cases: [other as typeof broken, { ...holding, index: 1 }] }),
      recordOf({ cases: [{ ...broken, verdict: 'inconclusive', findings: [] }] }),
      recordOf({ cases: [broken, { ...holding, index: 1 }] }),
    ];
    const [first, second] = ratesOf(stored, rounds);
    expect(first).toMatchObject({
      was: { verdict: 'violated', broken: ['no-overselling'] },
      cameBack: 2,
      of: 4,
      outcomes: [{ times: 2 }, { broken: ['another'] }, { verdict: 'inconclusive' }],
    });
    expect(second).toMatchObject({
      cameBack: 3,
      of: 3,
      outcomes: [{ verdict: 'holds', times: 3 }],
    });
  });

  it('is none of none where no replay came to its end', () => {
    expect(ratesOf(recordOf({ cases: [holding] }), [])).toMatchObject([{ cameBack: 0, of: 0 }]);
  });
});
