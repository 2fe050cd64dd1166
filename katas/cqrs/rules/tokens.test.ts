import { expect, it } from 'vitest';
import { c, lived } from '../rules.histories.js';

it('a token is not refused after a crash once the view that followed shows what it names', () => {
  const asked = (isShownAgain: boolean): string[] => {
    const tale = lived();
    return tale
      .act('crash', () => {
        for (const refused of [false, true]) tale.list(2, c, { refused });
        if (isShownAgain) tale.list(2, c);
        tale.list(1, c, { token: 'o-1@2', refused: true, tookMs: 1_000 });
      })
      .judged().broken;
  };
  expect(asked(true)).toEqual(['token-is-waited-for']);
  expect(asked(false)).toEqual([]);
});
