import type { Acts } from '../../src/kata/index.js';

/** What one request may ask for at most. */
export const mostAmount = 1_000_000_000;

const anywhere = [
  ...['nothing-lost', 'balances-are-possible', 'never-negative', 'refusals-are-justified'],
];

export const acts: Acts = {
  day: {
    title: { en: 'a working day, everybody at once', es: 'un día de trabajo, todos a la vez' },
    breaks: anywhere,
    covers: ['writes-overlapped'],
  },
  'bank-run': {
    title: {
      en: 'everybody wants their money back, to the last unit',
      es: 'todos quieren su dinero de vuelta, hasta la última unidad',
    },
    breaks: anywhere,
    covers: [],
  },
  crowd: {
    title: {
      en: 'a new account, everybody at once, and one who asks for too much',
      es: 'una cuenta nueva, todos a la vez, y uno que pide demasiado',
    },
    breaks: anywhere,
    covers: ['first-uses-overlapped'],
  },
  numbers: {
    title: {
      en: 'alone: large amounts, odd ones, and what is no amount',
      es: 'a solas: importes grandes, raros y lo que no es un importe',
    },
    breaks: [...anywhere, 'refuses-what-is-no-amount'],
    covers: [],
  },
};
