import type { Acts } from '../../src/kata/index.js';

/** Whatever happens to a transfer, these can break. */
const anywhere = [
  ...['every-read-adds-up', 'total-is-conserved', 'never-negative', 'each-transfer-once'],
  ...['acknowledged-takes-effect', 'refused-takes-none', 'refusals-are-justified'],
  ...['stored-when-acknowledged', 'asked-again-is-done'],
];

export const acts: Acts = {
  crowd: {
    title: {
      en: 'a crowd pays in both directions, and reads all accounts',
      es: 'una multitud paga en ambos sentidos, y lee todas las cuentas',
    },
    breaks: anywhere,
    covers: ['opposite-transfers-overlapped', 'read-during-transfers'],
  },
  alone: {
    title: {
      en: 'one after the other: repetitions, refusals, refusals asked again, ids reused',
      es: 'una tras otra: repeticiones, rechazos, rechazos pedidos otra vez, ids reutilizados',
    },
    breaks: [...anywhere, 'ends-its-transactions'],
    covers: [],
  },
  'head-on': {
    title: {
      en: 'two that meet: head-on, at one payer, under one id, at a COMMIT',
      es: 'dos que se encuentran: de frente, en un pagador, con un mismo id, en un COMMIT',
    },
    breaks: anywhere,
    covers: [],
  },
  stop: {
    title: {
      en: 'told to end with a transfer in hand',
      es: 'se le pide terminar con una transferencia entre manos',
    },
    breaks: anywhere,
    covers: [],
  },
  crash: {
    title: {
      en: 'killed between its writes, and started anew',
      es: 'muerto entre sus escrituras, y arrancado de nuevo',
    },
    breaks: anywhere,
    covers: ['held-between-the-two-writes'],
  },
  cut: {
    title: {
      en: 'the database cut off between the writes, and around COMMIT',
      es: 'la base de datos cortada entre las escrituras, y en torno al COMMIT',
    },
    breaks: anywhere,
    covers: ['held-between-the-two-writes'],
  },
};
