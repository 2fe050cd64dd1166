import type { Acts, OutgoingMessage } from '../../src/kata/index.js';

export const queue = 'payments';

export interface Payment {
  readonly payment: string;
  readonly account: string;
  readonly amount: number;
}

/**
 * Few accounts and few amounts: many payments look alike and are not the same. Only the id of the
 * message, or that of the payment, tells a copy from a second payment.
 */
export function messageOf(name: string, n: number): OutgoingMessage {
  const body: Payment = {
    payment: `p-${name}`,
    account: `a-${(n % 5) + 1}`,
    amount: 10 * ((n % 3) + 1),
  };
  return { id: `m-${name}`, body };
}

export const paymentOf = (message: OutgoingMessage): Payment => message.body as Payment;

const anywhere = [
  ...['effect-once', 'none-lost', 'acks-after-effect', 'rows-as-asked', 'settles-once', 'finishes'],
];

export const acts: Acts = {
  flood: {
    title: { en: 'a flood with copies', es: 'una avalancha con copias' },
    breaks: anywhere,
    covers: ['copies-delivered'],
  },
  'ack-cut': {
    title: { en: 'the wire is cut before the ack', es: 'el cable se corta antes del ack' },
    breaks: anywhere,
    covers: ['redelivered-after-a-cut'],
  },
  'crash-after-the-effect': {
    title: {
      en: 'a crash between effect and ack',
      es: 'una caída entre el efecto y su ack',
    },
    breaks: anywhere,
    covers: ['crashed-between-effect-and-ack'],
  },
  'crash-at-the-effect': {
    title: {
      en: 'crashes at the INSERTs and at COMMIT, others in hand',
      es: 'caídas en los INSERT y en el COMMIT, con otros entre manos',
    },
    breaks: anywhere,
    covers: ['crashed-before-the-effect'],
  },
  'session-lost': {
    title: {
      en: 'the database ends the session, twice',
      es: 'la base de datos corta la sesión, dos veces',
    },
    breaks: anywhere,
    covers: ['lost-its-session-twice'],
  },
  'commit-lost': {
    title: {
      en: 'COMMIT never arrives, or its answer does not',
      es: 'el COMMIT no llega nunca, o no llega su respuesta',
    },
    breaks: anywhere,
    covers: ['lost-an-answer'],
  },
  'slow-database': {
    title: { en: 'the database takes its time', es: 'la base de datos se toma su tiempo' },
    breaks: anywhere,
    covers: ['waited-for-the-database'],
  },
  'cut-in-hand': {
    title: {
      en: 'the connection breaks with work in hand',
      es: 'la conexión se rompe con trabajo entre manos',
    },
    breaks: anywhere,
    covers: ['cut-with-work-in-hand'],
  },
  'broker-away': {
    title: { en: 'the broker is away for a while', es: 'el broker se ausenta un rato' },
    breaks: anywhere,
    covers: ['connected-in-vain'],
  },
  'two-workers': {
    title: { en: 'a copy meets its original', es: 'una copia coincide con su original' },
    breaks: anywhere,
    covers: ['in-two-hands'],
  },
  sigterm: {
    title: { en: 'SIGTERM with work in hand', es: 'SIGTERM con trabajo entre manos' },
    breaks: [...anywhere, 'stops-in-order'],
    covers: ['stopped-with-work-in-hand'],
  },
};
