import { describe, expect, it } from 'vitest';
import { confirmed, everyEnding, judge } from '../rules.histories.js';

describe('a service that is told to end with a message in hand', () => {
  const left = (how: object, amid = 'message') => {
    const endings = everyEnding.map((one) =>
      one.role === 'order' && one.amid === amid ? { ...one, isDone: false, ...how } : one,
    );
    return judge([confirmed], { endings });
  };

  it('finishes it', () => {
    const result = left({});
    expect(result.broken).toEqual(['stops-in-order']);
    expect(result.story('stops-in-order')).toContain('order stood in the middle of a message');
    expect(judge([confirmed], { endings: everyEnding }).broken).toEqual([]);
  });

  it.each([
    ['did not stand in the middle of it', { met: false }],
    ['was killed after its five seconds, which is the contract’s own rule', { kind: 'killed' }],
  ])('proves nothing where it %s', (_, how) => {
    const result = left(how);
    expect([...result.broken, ...result.undecided]).toEqual([]);
  });

  it('may have been cut short where it took nearly all of its time', () => {
    const result = left({ tookMs: 4_500 });
    expect(result.broken).toEqual([]);
    expect(result.undecided).toEqual(['stops-in-order']);
  });

  it('may refuse a request, of which then nothing is stored', () => {
    expect(left({}, 'request').broken).toEqual([]);
  });
});

describe('a run', () => {
  it.each(['payment', 'inventory', 'order'])('wants %s met with work in hand', (role) => {
    const endings = everyEnding.map((one) => (one.role === role ? { ...one, met: false } : one));
    const missed = judge([confirmed], { endings }).coverage.filter(({ met }) => !met);
    expect(missed.map(({ condition }) => condition)).toContain('told-to-end-with-work-in-hand');
  });

  it('does without a message of order', () => {
    const endings = everyEnding.filter(({ role, amid }) => role !== 'order' || amid === 'request');
    const { coverage } = judge([confirmed], { endings });
    const ending = coverage.find(({ condition }) => condition === 'told-to-end-with-work-in-hand');
    expect(ending?.met).toBe(true);
  });
});

describe('an overdue order that somebody asks for', () => {
  it('was told for ever what was told before it was written', () => {
    const told = judge([{ ...confirmed, reads: ['PENDING', 'REJECTED', 'CONFIRMED'] }]);
    expect(told.broken).toEqual(['final-state-stays']);
    expect(judge([{ ...confirmed, reads: ['PENDING', 'CONFIRMED'] }]).broken).toEqual([]);
  });

  it('is to have been asked for before', () => {
    const missed = judge([confirmed], { isAskedOverdue: false }).coverage.filter(({ met }) => !met);
    expect(missed.map(({ condition }) => condition)).toContain('asked-before-it-was-written');
  });
});
