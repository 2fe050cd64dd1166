import { describe, expect, it } from 'vitest';
import { Tale, type Doing } from '../rules.histories.js';

describe('answers', () => {
  const tale = () =>
    new Tale('spike')
      .pulses(1_000)
      .part(0, 'quiet')
      .every(20, [0, 400], () => ({ part: 'quiet' }))
      .part(500, 'trouble');
  const holds = (of: Tale) => of.finding('answers-are-true').holds;

  it('are each of a call of their own where two ask for the same', () => {
    const one = { at: 600, id: 'both' };
    const both = (other: Partial<Doing>) =>
      tale()
        .ask(one)
        .ask({ ...one, ...other });
    expect(holds(both({}))).toBe(true);
    // The value of the other's call, and none of its own.
    const shared = both({ calls: [], lie: 240 }).finding('answers-are-true');
    expect([both({ calls: [], lie: 240 }), both({ lie: -7 })].map(holds)).toEqual([false, false]);
    expect(shared.witness?.story.en).toContain('no call had been made for it');
  });

  it('are no refusals of a call, whoever else asks for the same', () => {
    const refused = { at: 601, id: 'both', status: 503, tookMs: 2 } as const;
    const calls = [{ afterMs: 1, how: 'cut-off' as const }];
    const first = { at: 600, id: 'both', status: 504, tookMs: 400 } as const;
    expect(
      holds(
        tale()
          .ask({ ...first, calls })
          .ask(refused),
      ),
    ).toBe(true);
    expect(
      holds(
        tale()
          .ask({ ...first, calls })
          .ask({ ...refused, calls }),
      ),
    ).toBe(false);
    expect(holds(tale().ask({ ...first, calls: [...calls, ...calls] }))).toBe(false);
  });
});
