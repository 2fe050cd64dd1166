import { describe, expect, it } from 'vitest';
import { c, lived, type Tale } from '../rules.histories.js';

/** Its consumer is cancelled, something is written, and it is asked. */
function cancelled(ask: (tale: Tale) => void, { isBack = true, met = true } = {}): Tale {
  const tale = lived();
  return tale.act('cancelled', () => {
    tale.list(1, c);
    tale.writer.note('cancelled', { met });
    const event = tale.write('o-1', c, 30);
    ask(tale);
    if (isBack) tale.fold(event);
    tale.writer.note('cancelled-over', { isBack });
  });
}

const lacking =
  (ms: number, how: object) =>
  (tale: Tale): void => {
    tale.writer.later(ms);
    tale.list(1, c, how);
  };

describe('a view whose consumer was cancelled', () => {
  it('does not know any more that it has everything', () => {
    expect(cancelled(lacking(1_200, { ageMs: 0 })).judged().broken).toEqual(['age-is-told']);
    expect(cancelled(lacking(1_200, { ageMs: 1_200 })).judged().broken).toEqual([]);
    expect(cancelled(lacking(1_200, { refused: true })).judged().broken).toEqual([]);
    expect(cancelled(lacking(300, { ageMs: 0 })).judged().broken).toEqual([]);
  });

  it('consumes again by itself', () => {
    const { broken, story } = cancelled(lacking(900, { refused: true }), {
      isBack: false,
    }).judged();
    expect(broken).toEqual(['serves-while-connected']);
    expect(story('serves-while-connected')).toContain("cancelled the view's consumer");
  });

  it('may be long about it on a machine that is slow', () => {
    const slow = lacking(0, { refused: true, tookMs: 1_500 });
    const { broken, undecided } = cancelled(slow, { isBack: false }).judged();
    expect(broken).toEqual([]);
    expect(undecided).toEqual(['serves-while-connected']);
  });

  it('is to have had one, and to be met in the middle of a wait as it is told to end', () => {
    const tale = cancelled(() => undefined, { met: false, isBack: false });
    const names = ['consumer-was-cancelled', 'ended-amid-a-wait'];
    expect(tale.judged().broken).toEqual([]);
    expect(tale.judged().unmet).toEqual(expect.arrayContaining(names));
    const whole = cancelled(() => undefined);
    whole.writer.note('told-to-end', { met: true });
    for (const name of names) expect(whole.judged().unmet).not.toContain(name);
    const asks = new Set(tale.judged({ strategy: 'query-the-write-side' }).unmet);
    for (const name of names) expect(asks).not.toContain(name);
  });
});
