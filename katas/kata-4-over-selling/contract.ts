import type { Acts } from '../../src/kata/index.js';

const anywhere = [
  ...['no-overselling', 'acknowledged-equals-rows', 'stock-equals-initial-minus-rows'],
  ...['no-underselling', 'one-row-a-buyer', 'gives-up-last'],
];

const quantities = ['0', '-1', '1.5', '"2"', 'true', '[1]', 'null'];

/** Bodies that are no purchase, as they are sent. */
export const noPurchases: readonly string[] = [
  ...quantities.map(
    (quantity) => `{"buyer": "n-1", "sku": "sku-counter", "quantity": ${quantity}}`,
  ),
  '{"buyer": "n-1", "sku": "sku-counter"}',
  '{"buyer": 7, "sku": "sku-counter", "quantity": 1}',
  '{"buyer": "n-1", "sku": null, "quantity": 1}',
  '{"buyer": "n-1", "sku": "sku-counter", "quantity": 1',
];

export const acts: Acts = {
  rush: {
    title: {
      en: 'everybody wants one at once, and then the warehouse restocks',
      es: 'todo el mundo quiere una a la vez, y después el almacén repone',
    },
    breaks: [...anywhere, 'reads-the-database', 'stored-when-acknowledged'],
    covers: ['requests-overlapped', 'more-buyers-than-units'],
  },
  counter: {
    title: {
      en: 'one buyer after the other, of several units, too many and unknown ones',
      es: 'un comprador tras otro, de varias unidades, demasiadas y desconocidas',
    },
    breaks: [...anywhere, 'stored-when-acknowledged', 'tells-the-stock'],
    covers: [],
  },
  refused: {
    title: { en: 'what is no purchase', es: 'lo que no es una compra' },
    breaks: anywhere,
    covers: [],
  },
  halfway: {
    title: {
      en: 'a purchase stands at one of its two writes',
      es: 'una compra se para en una de sus dos escrituras',
    },
    breaks: anywhere,
    covers: ['seen-between-the-writes'],
  },
  amounts: {
    title: {
      en: 'three units each, of two skus, at once',
      es: 'tres unidades cada uno, de dos sku, a la vez',
    },
    breaks: anywhere,
    covers: [],
  },
  warehouse: {
    title: {
      en: 'the warehouse restocks in the middle of a sale',
      es: 'el almacén repone en mitad de una venta',
    },
    breaks: anywhere,
    covers: ['restocked-meanwhile'],
  },
  stop: {
    title: {
      en: 'SIGTERM comes with purchases under way',
      es: 'SIGTERM llega con compras en curso',
    },
    breaks: anywhere,
    covers: [],
  },
};
