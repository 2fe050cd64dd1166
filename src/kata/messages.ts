import type { Text } from '../i18n/text.js';
import type { Received } from './broker.js';

/** What a field of a message holds; of a list, one of these words. */
export type Field = (typeof fieldKinds)[number] | readonly string[];

export const fieldKinds = ['text', 'integer', 'number', 'boolean', 'object', 'list'] as const;

/** By the field's name; one that ends in `?` may be missing. What is not named may come too. */
export type Fields = Readonly<Record<string, Field>>;

/** What services agree upon about one message. */
export interface MessageContract {
  /** An event tells what was, a command what is to be, a reply what became of a command. */
  readonly kind: 'event' | 'command' | 'reply';
  /** The role that sends it. */
  readonly from: string;
  /** The roles that take it; left out, whoever listens. */
  readonly to?: readonly string[];
  readonly exchange: string;
  readonly body: Fields;
}

/** By name, which is the routing key. */
export type Messages = Readonly<Record<string, MessageContract>>;

type Told = Pick<Received, 'id' | 'body' | 'exchange' | 'key' | 'persistent'>;

/**
 * How a message breaks what was agreed; undefined where it does not, and where it went to an
 * exchange of which the contract says nothing.
 */
export function breachOf(messages: Messages, message: Told): Text | undefined {
  const { key, exchange, id, persistent, body } = message;
  const agreed = Object.hasOwn(messages, key) ? messages[key] : undefined;
  const isOfContract = Object.values(messages).some((one) => one.exchange === exchange);
  if (agreed === undefined)
    return isOfContract
      ? { en: 'no contract knows this name', es: 'ningún contrato conoce este nombre' }
      : undefined;
  if (exchange !== agreed.exchange)
    return {
      en: `it went to the exchange "${exchange}", and belongs to "${agreed.exchange}"`,
      es: `fue al exchange "${exchange}", y corresponde a "${agreed.exchange}"`,
    };
  if (persistent === false) return { en: 'it is not persistent', es: 'no es persistente' };
  if (id === '') return { en: 'it has no message id', es: 'no lleva message id' };
  return bodyBreach(agreed.body, body);
}

/** How a body is not as agreed; undefined where it is. */
export function bodyBreach(agreed: Fields, body: unknown): Text | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { en: 'its body is no JSON object', es: 'su cuerpo no es un objeto JSON' };
  for (const [written, field] of Object.entries(agreed)) {
    const name = written.replace(/\?$/, '');
    const value: unknown = Object.hasOwn(body, name)
      ? (body as Record<string, unknown>)[name]
      : undefined;
    if (value === undefined && written.endsWith('?')) continue;
    if (holds(field, value)) continue;
    const came = value === undefined ? undefined : JSON.stringify(value).slice(0, 80);
    const wanted = shownField(field);
    return {
      en: `its field ${name} is ${came ?? 'missing'}, and the contract wants ${wanted}`,
      es: `su campo ${name} ${came === undefined ? 'falta' : `es ${came}`}, y el contrato pide ${wanted}`,
    };
  }
  return undefined;
}

/** `integer`, `"declined" | "deadline"` */
export function shownField(field: Field): string {
  return typeof field === 'string' ? field : field.map((one) => JSON.stringify(one)).join(' | ');
}

function holds(field: Field, value: unknown): boolean {
  if (typeof field !== 'string') return typeof value === 'string' && field.includes(value);
  if (field === 'text') return typeof value === 'string';
  if (field === 'integer') return Number.isInteger(value);
  if (field === 'list') return Array.isArray(value);
  if (field === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === field;
}
