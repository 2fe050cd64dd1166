import { expect, it } from 'vitest';
import { timeLeft } from './time-left.js';

it('fills a bar by the time that it took before, and never before the end', () => {
  expect(timeLeft(0, 40_000, 10)).toEqual({ filled: 0, seconds: 40 });
  expect(timeLeft(30_500, 40_000, 10)).toEqual({ filled: 7, seconds: 10 });
  expect(timeLeft(39_999, 40_000, 10)).toEqual({ filled: 9, seconds: 1 });
});

it('says nothing of seconds once it takes longer', () => {
  expect(timeLeft(40_000, 40_000, 10)).toEqual({ filled: 9, seconds: undefined });
  expect(timeLeft(400_000, 40_000, 10)).toEqual({ filled: 9, seconds: undefined });
});
