import { expect, it } from 'vitest';
import { locales } from './text.js';
import { agreeing, counted, y } from './words.js';

it('lets words agree with their number', () => {
  expect([0, 1, 2, 1_000_000].map((n) => counted.en(n, 'order is', 'orders are'))).toEqual([
    ...['0 orders are', '1 order is', '2 orders are', '1000000 orders are'],
  ]);
  expect([0, 1, 2, 1_000_000].map((n) => counted.es(n, 'pedido', 'pedidos'))).toEqual([
    ...['0 pedidos', '1 pedido', '2 pedidos', '1000000 pedidos'],
  ]);
  expect([1, 3].map((n) => agreeing.es(n, 'queda', 'quedan'))).toEqual(['queda', 'quedan']);
});

it('takes for one what both languages do', () => {
  for (const locale of locales) {
    const rules = new Intl.PluralRules(locale);
    for (const n of [...Array.from({ length: 200 }, (_, at) => at), 1_000, 1_000_001])
      expect(agreeing[locale](n, 'one', 'other') === 'one', `${n} in ${locale}`).toBe(
        rules.select(n) === 'one',
      );
  }
});

it('says "e" before i, as Spanish does', () => {
  const after = ['payment', 'inventory', 'InventoryReserved', 'hijos', 'hielo', 'iones', '11'];
  expect(after.map((word) => `${y(word)} ${word}`)).toEqual([
    ...['y payment', 'e inventory', 'e InventoryReserved', 'e hijos'],
    ...['y hielo', 'y iones', 'y 11'],
  ]);
});
