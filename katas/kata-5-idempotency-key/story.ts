import type { History, Operation, Text } from '../../src/kata/index.js';

/** What happens to a payment, in the order in which the experiment lets it happen. */
export const scenes = {
  'response-lost': { en: 'the answer was lost', es: 'se perdió la respuesta' },
  'request-lost': { en: 'the request was lost', es: 'se perdió la petición' },
  slow: {
    en: 'the answer was slow and the client asked again',
    es: 'la respuesta tardaba y el cliente pidió otra vez',
  },
  'at-once': { en: 'one key, many requests at once', es: 'una clave, muchas peticiones a la vez' },
  'session-lost': {
    en: 'the database session was lost during the charge',
    es: 'la sesión con la base de datos se perdió durante el cargo',
  },
  quotes: { en: 'the key without and with quotes', es: 'la clave sin comillas y con ellas' },
  'other-payload': {
    en: 'another payload under the same key',
    es: 'otro contenido con la misma clave',
  },
  'two-clients': { en: 'two clients with the same key', es: 'dos clientes con la misma clave' },
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
  load: { en: 'nothing goes wrong', es: 'nada sale mal' },
  expired: { en: 'the key had expired', es: 'la clave había caducado' },
} satisfies Record<string, Text>;

export type Scene = keyof typeof scenes;

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

export interface Told {
  readonly status: number;
  readonly body: unknown;
}

export type Pay = Operation<Asked, Told>;

/** Read from the database once the program has ended. */
export interface Charge {
  readonly id: string;
  readonly client: string;
  readonly order: string;
  readonly amount: number;
}

/** Whether what a scene is about did happen. */
export interface SceneNote {
  readonly scene: Scene;
  readonly met: boolean;
}

/** All requests of one client with one key, in the order in which they were sent. */
export interface Key {
  readonly client: string;
  readonly key: string;
  readonly scene: Scene;
  readonly pays: readonly Pay[];
}

/** What the rules look at, drawn once from the history. */
export interface Story {
  readonly pays: readonly Pay[];
  readonly keys: readonly Key[];
  readonly notes: readonly SceneNote[];
  readonly charges: readonly Charge[];
  /** The line until which no charge of this order could be made. */
  readonly letGo: { readonly order: string; readonly line: number } | undefined;
}

export function readStory(history: History): Story {
  const final = history.notes<{ charges: Charge[] }>('final')[0];
  if (!final) throw new Error('the history has no final state');
  const pays = history.operations<Asked, Told>('pay');
  return {
    pays,
    keys: keysOf(pays),
    notes: history.notes<SceneNote>('scene').map(({ value }) => value),
    charges: final.value.charges,
    letGo: history
      .notes<{ order: string }>('charge-let-go')
      .map(({ value, line }) => ({ order: value.order, line }))[0],
  };
}

function keysOf(pays: readonly Pay[]): Key[] {
  const groups = new Map<string, Pay[]>();
  for (const pay of pays) {
    const { client, key } = pay.asked;
    if (key === null) continue;
    const name = JSON.stringify([client, key]);
    groups.set(name, [...(groups.get(name) ?? []), pay]);
  }
  return [...groups.values()].map((mine) => {
    const { client, key, scene } = (mine[0] as Pay).asked;
    return { client, key: key ?? '', scene, pays: mine };
  });
}

export const statusOf = (pay: Pay | undefined): number | undefined => pay?.answer?.status;

/** Done or declined: what the payment came to, for good. 200 is 201 told wrongly. */
export function isFinal(pay: Pay): boolean {
  return [200, 201, 402].includes(statusOf(pay) ?? 0);
}

/** The id of the charge that a 201 names. */
export function chargeId(pay: Pay): string | undefined {
  const { id } = (pay.answer?.body ?? {}) as Record<string, unknown>;
  return statusOf(pay) === 201 ? String(id) : undefined;
}

export const lineOf = (pay: Pay): number => pay.completedOn ?? pay.invokedOn;

export function isSamePayload(one: Asked, other: Asked): boolean {
  return one.order === other.order && one.amount === other.amount && one.life === other.life;
}

/** `got 201 with charge 43 (history line 12)` */
export function tell(pay: Pay): Text {
  const line = lineOf(pay);
  const status = statusOf(pay);
  const id = chargeId(pay);
  if (status === undefined)
    return {
      en: `got no answer (history line ${line})`,
      es: `no recibió respuesta (línea ${line} del historial)`,
    };
  if (id !== undefined)
    return {
      en: `got 201 with charge ${id} (history line ${line})`,
      es: `recibió 201 con el cargo ${id} (línea ${line} del historial)`,
    };
  return {
    en: `got ${status} (history line ${line})`,
    es: `recibió ${status} (línea ${line} del historial)`,
  };
}

/** `key k-3 of c-1 (the answer was lost)` */
export function nameOf({ client, key, scene }: Key): Text {
  return {
    en: `key ${key} of ${client} (${scenes[scene].en})`,
    es: `la clave ${key} de ${client} (${scenes[scene].es})`,
  };
}
