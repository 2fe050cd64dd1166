import { lineOf, type History, type Operation, type Text } from '../../src/kata/index.js';
import { scenes, type Asked, type Scene } from './contract.js';
import type { Charge, SceneNote, UnclearKey } from './notes.js';

export interface Told {
  readonly status: number;
  readonly body: unknown;
}

export type Pay = Operation<Asked, Told>;

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
  /** Keys that had no answer although everything was well again, with the line of that moment. */
  readonly stillOpen: readonly { readonly key: string; readonly line: number }[];
  /** The line until which no charge of this order could be made. */
  readonly letGo: { readonly order: string; readonly line: number } | undefined;
}

export function readStory(history: History): Story {
  const final = history.notes<{ charges: Charge[] }>('final')[0];
  if (!final) throw new Error('the history has no final state');
  const unclear = history.notes<UnclearKey>('unclear-key').map(({ value }) => value);
  // Nothing can be said of them.
  const [keys, orders] = [unclear.map(({ key }) => key), unclear.map(({ order }) => order)];
  const pays = history
    .operations<Asked, Told>('pay')
    .filter(({ asked: { key } }) => key === null || !keys.includes(key));
  return {
    pays,
    keys: keysOf(pays),
    notes: history.notes<SceneNote>('scene').map(({ value }) => value),
    charges: final.value.charges.filter(({ order }) => !orders.includes(order)),
    stillOpen: history
      .notes<{ client: string; key: string }>('still-open')
      .map(({ value: { client, key }, line }) => ({ key: JSON.stringify([client, key]), line })),
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
