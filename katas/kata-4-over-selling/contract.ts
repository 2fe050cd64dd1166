import type { Acts } from '../../src/kata/index.js';

const anywhere = [
  ...['no-overselling', 'acknowledged-equals-rows', 'stock-equals-initial-minus-rows'],
  ...['no-underselling', 'one-row-a-buyer'],
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
};
