import type { Delivery, Settled } from '../broker-tap.js';
import type { History, Operation } from '../history.js';

/** A request, or a message that a program worked on: what statements may belong to. */
export interface Subject {
  readonly kind: 'request' | 'message';
  /** What a person knows it by. */
  readonly name: string;
  /** `purchase`, or the queue. */
  readonly what: string;
  readonly from: number;
  /** Infinite where it never ended. */
  readonly to: number;
  /** Words that may be found again in its statements. */
  readonly values: ReadonlySet<string>;
  /** Lines of the history that are about it. */
  readonly lines: readonly number[];
  readonly operation?: Operation;
  readonly delivery?: Delivery;
  readonly settled?: { readonly how: Settled['how']; readonly at: number };
}

/** In the order in which they began. */
export function subjectsOf(history: History): Subject[] {
  const found = [...requestsIn(history), ...messagesIn(history)];
  return found.sort((a, b) => a.from - b.from);
}

function requestsIn(history: History): Subject[] {
  return history.operations().map((operation) => {
    const { asked, answer, op, f, start, end, invokedOn, completedOn } = operation;
    const values = new Set([...wordsOf(asked), ...wordsOf(answer)]);
    return {
      ...{ kind: 'request' as const, what: f, from: start, to: end, values, operation },
      name: nameOf(asked) ?? nameOf(answer) ?? `${f} ${op + 1}`,
      lines: [invokedOn, ...(completedOn === undefined ? [] : [completedOn])],
    };
  });
}

function messagesIn(history: History): Subject[] {
  const settled = new Map(
    history.notes<Settled>('amqp-settled').map((note) => [note.value.delivery, note]),
  );
  return history.notes<Delivery>('amqp-delivered').map(({ value: delivery, at, line }) => {
    const end = settled.get(delivery.delivery);
    const id = delivery.id || `delivery ${delivery.delivery}`;
    return {
      ...{ kind: 'message' as const, name: id, what: delivery.key || delivery.exchange, from: at },
      ...{ to: end?.at ?? Number.POSITIVE_INFINITY, values: new Set([id]), delivery },
      lines: [line, ...(end ? [end.line] : [])],
      ...(end && { settled: { how: end.value.how, at: end.at } }),
    };
  });
}

/** Deep enough for a body of JSON. */
const mostDepth = 4;

/** Those that may tell one request from another: short and small ones are everywhere. */
function wordsOf(value: unknown, depth = 0): string[] {
  if (typeof value === 'string')
    return value.length >= 3 && !/^\d{1,4}$/.test(value) ? [value] : [];
  if (typeof value === 'number') return Math.abs(value) >= 10_000 ? [String(value)] : [];
  if (typeof value !== 'object' || value === null || depth >= mostDepth) return [];
  return Object.values(value).flatMap((one) => wordsOf(one, depth + 1));
}

const naming = ['id', 'key', 'order', 'buyer', 'transfer', 'payment', 'user', 'account', 'name'];

/** What the lab calls it: the first text of its body, one that is named like a name before others. */
function nameOf(asked: unknown): string | undefined {
  if (typeof asked === 'string' && asked !== '') return asked.slice(0, 24);
  if (typeof asked !== 'object' || asked === null) return undefined;
  const body = asked as Record<string, unknown>;
  const named = naming.map((key) => body[key]).find((one) => typeof one === 'string');
  const text = named ?? Object.values(body).find((one) => typeof one === 'string');
  return typeof text === 'string' ? text.slice(0, 24) : undefined;
}
