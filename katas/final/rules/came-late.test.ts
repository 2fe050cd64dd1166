import { expect, it } from 'vitest';
import type { Seen, Tale } from '../story.js';
import { cameLateOnce } from './came-late.js';

/** Named messages at their seconds. */
const tale = (told: Readonly<Record<string, number>>): Tale =>
  ({
    messages: Object.entries(told).map(([name, at]) => ({ name, at: 1e6 * at }) as Seen),
  }) as Partial<Tale> as Tale;

const deadlineMs = 3_000;

const late = (from: number) =>
  tale({ AuthorizePayment: from, OrderRejected: from + 3, PaymentAuthorized: from + 4 });

it('is a hiccup where all that came late did so at one time', () => {
  expect(cameLateOnce([late(1)], late(1), deadlineMs)).toBe(true);
  expect(cameLateOnce([late(1), late(3)], late(1), deadlineMs)).toBe(true);
});

it('is no hiccup where it happens again later', () => {
  expect(cameLateOnce([late(1), late(9)], late(1), deadlineMs)).toBe(false);
});

it('is no hiccup where the step never came, or only what undoes it', () => {
  const told = { ReserveStock: 1, OrderRejected: 4, StockReleased: 5 };
  expect(cameLateOnce([], tale(told), deadlineMs)).toBe(false);
});

it('is no hiccup of others where orders itself did not go on', () => {
  const told = { AuthorizePayment: 1, PaymentAuthorized: 2, OrderRejected: 4 };
  expect(cameLateOnce([], tale(told), deadlineMs)).toBe(false);
});

it('is no hiccup where it takes more than twice the deadline', () => {
  const told = (to: number) => ({ BookParcel: 1, OrderRejected: 4, ParcelBooked: to });
  expect(cameLateOnce([], tale(told(6.9)), deadlineMs)).toBe(true);
  expect(cameLateOnce([], tale(told(7.1)), deadlineMs)).toBe(false);
});
