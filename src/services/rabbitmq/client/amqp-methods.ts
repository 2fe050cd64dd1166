import type { Arguments } from '../../../kata/broker-tap.js';
import { FieldReader } from './amqp-fields.js';

/** What moves messages on an AMQP 0-9-1 connection; everything else is of no interest here. */
export type AmqpEvent =
  | { readonly name: 'deliver' | 'get-ok'; readonly delivery: DeliveryFields }
  | { readonly name: 'publish'; readonly exchange: string; readonly key: string }
  | { readonly name: 'ack'; readonly tag: number; readonly multiple: boolean }
  | {
      readonly name: 'nack';
      readonly tag: number;
      readonly multiple: boolean;
      readonly requeue: boolean;
    }
  | {
      readonly name: 'consume';
      readonly queue: string;
      readonly consumer: string;
      readonly noAck: boolean;
    }
  | { readonly name: 'consume-ok' | 'cancel'; readonly consumer: string }
  | { readonly name: 'get'; readonly noAck: boolean }
  | { readonly name: 'channel-close'; readonly code: number; readonly text: string }
  | { readonly name: 'channel-close-ok' | 'confirm-select' | 'recover' | 'return' | 'get-empty' }
  | { readonly name: 'tx-select' }
  | {
      readonly name: 'declare';
      readonly queue: string;
      readonly passive: boolean;
      readonly durable: boolean;
      readonly exclusive: boolean;
    }
  | {
      readonly name: 'properties';
      readonly id: string;
      readonly headers: Arguments;
      readonly persistent: boolean;
    };

export interface DeliveryFields {
  readonly consumer: string;
  readonly tag: number;
  readonly redelivered: boolean;
  readonly exchange: string;
  readonly key: string;
}

type Decode = (fields: FieldReader) => AmqpEvent;

/** By class and method, as the specification numbers them. */
const methods = new Map<string, Decode>([
  ['20.40', (f) => ({ name: 'channel-close', code: f.short(), text: f.shortText() })],
  ['20.41', () => ({ name: 'channel-close-ok' })],
  ['50.10', declare],
  ['60.20', consume],
  ['60.21', (f) => ({ name: 'consume-ok', consumer: f.shortText() })],
  ['60.30', (f) => ({ name: 'cancel', consumer: f.shortText() })],
  ['60.40', publish],
  ['60.50', () => ({ name: 'return' })],
  ['60.60', (f) => ({ name: 'deliver', delivery: delivery(f, f.shortText()) })],
  ['60.70', get],
  ['60.71', (f) => ({ name: 'get-ok', delivery: delivery(f, '') })],
  ['60.72', () => ({ name: 'get-empty' })],
  ['60.80', (f) => ({ name: 'ack', tag: f.longLong(), multiple: bit(f.octet(), 0) })],
  [
    '60.90',
    (f) => ({ name: 'nack', tag: f.longLong(), multiple: false, requeue: bit(f.octet(), 0) }),
  ],
  ['60.100', () => ({ name: 'recover' })],
  ['60.110', () => ({ name: 'recover' })],
  ['60.120', nack],
  ['85.10', () => ({ name: 'confirm-select' })],
  ['90.10', () => ({ name: 'tx-select' })],
]);

export function readMethod(payload: Buffer): AmqpEvent | undefined {
  const fields = new FieldReader(payload);
  return methods.get(`${fields.short()}.${fields.short()}`)?.(fields);
}

function declare(fields: FieldReader): AmqpEvent {
  fields.short();
  const queue = fields.shortText();
  const bits = fields.octet();
  const [passive, durable, exclusive] = [bit(bits, 0), bit(bits, 1), bit(bits, 2)];
  return { name: 'declare', queue, passive, durable, exclusive };
}

function consume(fields: FieldReader): AmqpEvent {
  fields.short();
  const queue = fields.shortText();
  return { name: 'consume', queue, consumer: fields.shortText(), noAck: bit(fields.octet(), 1) };
}

function publish(fields: FieldReader): AmqpEvent {
  fields.short();
  return { name: 'publish', ...route(fields) };
}

function get(fields: FieldReader): AmqpEvent {
  fields.short();
  fields.shortText();
  return { name: 'get', noAck: bit(fields.octet(), 0) };
}

function nack(fields: FieldReader): AmqpEvent {
  const tag = fields.longLong();
  const bits = fields.octet();
  return { name: 'nack', tag, multiple: bit(bits, 0), requeue: bit(bits, 1) };
}

function delivery(fields: FieldReader, consumer: string): DeliveryFields {
  return {
    consumer,
    tag: fields.longLong(),
    redelivered: bit(fields.octet(), 0),
    ...route(fields),
  };
}

function route(fields: FieldReader): { exchange: string; key: string } {
  return { exchange: fields.shortText(), key: fields.shortText() };
}

function bit(octet: number, n: number): boolean {
  return (octet & (1 << n)) !== 0;
}

/** In the order of the specification, from the highest bit on; `message_id` is the last needed. */
const beforeMessageId: readonly ((fields: FieldReader) => unknown)[] = [
  (f) => f.shortText(), // content_type
  (f) => f.shortText(), // content_encoding
  (f) => f.table(), // headers
  (f) => f.octet(), // delivery_mode
  (f) => f.octet(), // priority
  (f) => f.shortText(), // correlation_id
  (f) => f.shortText(), // reply_to
  (f) => f.shortText(), // expiration
];
const [headersAt, deliveryModeAt, persistentMode] = [2, 3, 2];

/** The frame that follows a method with content. */
export function readProperties(payload: Buffer): AmqpEvent {
  const fields = new FieldReader(payload);
  // Class, weight, size of the body.
  fields.short();
  fields.short();
  fields.longLong();
  const flags = fields.short();
  const isThere = (n: number): boolean => bit(flags, 15 - n);
  let headers: Arguments = {};
  let persistent = false;
  beforeMessageId.forEach((read, n) => {
    if (!isThere(n)) return;
    const value = read(fields);
    if (n === headersAt) headers = value as Arguments;
    if (n === deliveryModeAt) persistent = value === persistentMode;
  });
  const id = isThere(beforeMessageId.length) ? fields.shortText() : '';
  return { name: 'properties', id, headers, persistent };
}
