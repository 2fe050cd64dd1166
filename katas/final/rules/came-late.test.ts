import { expect, it } from 'vitest';
import type { Seen, Tale } from '../story.js';
import { cameLateOnce } from './came-late.js';

/** Named messages at their milliseconds. */
const tale = (told: Readonly<Record<string, number>>): Tale =>
  ({
    messages: Object.entries(told).map(([name, at]) => ({ name, at }) as Seen),
  }) as Partial<Tale> as Tale;

const late = (from: number) =>
  tale({ AuthorizePayment: from, OrderRejected: from + 3, PaymentAuthorized: from + 4 });

it('is a hiccup where all that came late did so at one time', () => {
  expect(cameLateOnce([late(1)], late(1))).toBe(true);
  expect(cameLateOnce([late(1), late(3)], late(1))).toBe(true);
});

it('is no hiccup where it happens again later', () => {
  expect(cameLateOnce([late(1), late(9)], late(1))).toBe(false);
});

it('is no hiccup where the step never came, or only what undoes it', () => {
  expect(cameLateOnce([], tale({ ReserveStock: 1, OrderRejected: 4, StockReleased: 5 }))).toBe(
    false,
  );
});

it('is no hiccup of others where orders itself did not go on', () => {
  const told = { AuthorizePayment: 1, PaymentAuthorized: 2, OrderRejected: 4 };
  expect(cameLateOnce([], tale(told))).toBe(false);
});
