import type { Acts, Text } from '../../src/kata/index.js';

/** What happens to a payment, in the order in which the experiment lets it happen. */
export const scenes = {
  'response-lost': { en: 'the answer was lost', es: 'se perdió la respuesta' },
  'request-lost': { en: 'the request was lost', es: 'se perdió la petición' },
  slow: {
    en: 'the answer was slow and the client asked again',
    es: 'la respuesta tardaba y el cliente pidió otra vez',
  },
  'at-once': { en: 'one key, many requests at once', es: 'una clave, muchas peticiones a la vez' },
  'other-at-once': {
    en: 'another payload under a key that is under way',
    es: 'otro contenido con una clave en curso',
  },
  'gave-up': {
    en: 'the client went away while its payment was under way',
    es: 'el cliente se fue con su pago en curso',
  },
  'session-lost': {
    en: 'the database session was lost during the charge',
    es: 'la sesión con la base de datos se perdió durante el cargo',
  },
  quotes: { en: 'the key without and with quotes', es: 'la clave sin comillas y con ellas' },
  'other-payload': {
    en: 'another payload under the same key',
    es: 'otro contenido con la misma clave',
  },
  instalments: {
    en: 'one order paid twice, with two keys',
    es: 'un pedido pagado dos veces, con dos claves',
  },
  'two-clients': { en: 'two clients with the same key', es: 'dos clientes con la misma clave' },
  alike: {
    en: 'keys that read nearly alike',
    es: 'claves que se leen casi igual',
  },
  'no-key': { en: 'a request without a key', es: 'una petición sin clave' },
  invalid: { en: 'a body that is no payment', es: 'un cuerpo que no es un pago' },
  declined: { en: 'a declined payment', es: 'un pago rechazado' },
  'crash-before-answer': {
    en: 'the program was killed when all was done and the answer not yet sent',
    es: 'el programa murió con todo hecho y la respuesta aún sin enviar',
  },
  'crash-after-charge': {
    en: 'the program was killed just after its charge, before it did anything else',
    es: 'el programa murió justo después de su cargo, antes de hacer nada más',
  },
  'crash-before-charge': {
    en: 'the program was killed just before its charge took effect',
    es: 'el programa murió justo antes de que su cargo surtiera efecto',
  },
  'in-hand': {
    en: 'the program was told to end with a payment in hand',
    es: 'se pidió al programa que terminara con un pago entre manos',
  },
  load: { en: 'nothing goes wrong', es: 'nada sale mal' },
  expired: { en: 'the key had expired', es: 'la clave había caducado' },
} satisfies Record<string, Text>;

export type Scene = keyof typeof scenes;

const anywhere = [
  ...['one-charge-a-key', 'acknowledged-equals-rows', 'charged-when-acknowledged'],
  ...['same-answer', 'retry-is-answered'],
];

export const acts: Acts = {
  network: {
    title: {
      en: 'requests and answers are lost or late',
      es: 'peticiones y respuestas se pierden o tardan',
    },
    breaks: anywhere,
    covers: ['response-lost', 'request-lost', 'slow', 'gave-up'],
  },
  'at-once': {
    title: scenes['at-once'],
    breaks: [...anywhere, 'other-payload-refused'],
    covers: ['at-once', 'requests-overlapped'],
  },
  'session-lost': {
    title: scenes['session-lost'],
    breaks: [...anywhere, 'refused-is-not-stored'],
    covers: ['session-lost'],
  },
  keys: {
    title: {
      en: 'keys, clients and payloads that are alike; what is refused or declined',
      es: 'claves, clientes y contenidos parecidos; lo que se rechaza o no se admite',
    },
    breaks: [
      ...anywhere,
      ...['other-payload-refused', 'clients-apart', 'key-required', 'refused-is-not-stored'],
    ],
    covers: [],
  },
  'crash-afterwards': {
    title: { en: 'killed after its charge', es: 'muere después de su cargo' },
    breaks: anywhere,
    covers: ['crash-after-charge', 'crash-before-answer'],
  },
  'crash-at-the-charge': {
    title: { en: 'killed at its charge', es: 'muere en su cargo' },
    breaks: anywhere,
    covers: ['crash-before-charge'],
  },
  load: { title: scenes.load, breaks: anywhere, covers: [] },
  stop: { title: scenes['in-hand'], breaks: anywhere, covers: [] },
  expiry: {
    title: scenes.expired,
    breaks: [...anywhere, 'expired-key-is-new'],
    covers: ['expired'],
  },
};

/** A payment of this scene, and of nobody else: what it charges can be told from its order. */
export function payment(scene: Scene, own: Partial<Asked> = {}): Asked {
  return {
    scene,
    client: 'c-1',
    key: `k-${scene}`,
    order: `o-${scene}`,
    amount: 2_500,
    life: 1,
    ...own,
  };
}

export interface Asked {
  readonly scene: Scene;
  readonly client: string;
  /** Null for a request without one. */
  readonly key: string | null;
  readonly order: string;
  /** Cents. */
  readonly amount: number;
  /** 2 once the key has expired: the same key is then another one. */
  readonly life: 1 | 2;
}
