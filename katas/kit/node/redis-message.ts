export type Fields = Readonly<Record<string, string>>;
export type Streams = readonly { messages: readonly { id: string; message: Fields }[] }[] | null;
export type Pending = Readonly<{ id: string; consumer: string; deliveriesCounter: number }>;

/** An entry of a stream, as whoever published it wrote it. */
export interface StreamMessage {
  /** The number that Redis gave it: `1700000000000-0`. */
  readonly entry: string;
  /** The field `id`: the message's own, the same for a duplicate. */
  readonly id: string;
  /** The field `body`: JSON, not parsed. */
  readonly body: string;
  /** All other fields. */
  readonly headers: Readonly<Record<string, string>>;
  /** How often Redis has handed it out, this time included: 1 for a message that is new. */
  readonly deliveries: number;
}

export function read(entry: string, fields: Fields, deliveries: number): StreamMessage {
  const { id = '', body = '', ...headers } = fields;
  return { entry, id, body, headers, deliveries };
}
