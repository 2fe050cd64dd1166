import { describe, expect, it } from 'vitest';
import { c, lived, type Tale } from '../rules.histories.js';

describe('the age that an answer tells while nothing is in the way', () => {
  const lacking = (ms: number, how: object): Tale => {
    const tale = lived();
    return tale.act('load', () => {
      tale.list(1, c).write('o-1', c, 30);
      tale.writer.later(ms);
      tale.list(1, c, how);
    });
  };

  it('is that of the first event that others have heard and it lacks', () => {
    expect(lacking(1_400, { ageMs: 0 }).judged().broken).toContain('age-is-told');
    expect(lacking(1_400, { ageMs: 1_400 }).judged().broken).not.toContain('age-is-told');
    expect(lacking(300, { ageMs: 0 }).judged().broken).not.toContain('age-is-told');
  });

  it('says nothing where the machine was as slow', () => {
    const slow = lacking(1_000, { ageMs: 0, tookMs: 900 }).judged();
    expect(slow.broken).not.toContain('age-is-told');
    expect(slow.undecided).toContain('age-is-told');
  });

  it('is not 0 where a view that begins again has all that it had, and not what came meanwhile', () => {
    const began = (how: object): string[] => {
      const tale = lived();
      tale.write('o-2', c, 30);
      tale.writer.note('behind', {});
      tale.writer.later(900);
      tale.list(1, c, how);
      tale.writer.note('behind-goes-on', {});
      return tale.judged().broken;
    };
    expect(began({ ageMs: 0 })).toContain('age-is-told');
    expect(began({ ageMs: 900 })).not.toContain('age-is-told');
    expect(began({ refused: true })).not.toContain('age-is-told');
  });

  it('does not grow because nothing is told', () => {
    const quiet = (ageMs: number): string[] => {
      const tale = lived();
      tale.act('cut-off', () => {
        tale.writer.later(3_000);
        tale.list(1, c, { ageMs });
        tale.writer.note('cut', { met: true });
      });
      return tale.judged().broken;
    };
    expect(quiet(0)).not.toContain('age-is-told');
    expect(quiet(900)).not.toContain('age-is-told');
    expect(quiet(3_000)).toContain('age-is-told');
  });
});
