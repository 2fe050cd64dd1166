import type { BrokerFault, BrokerKind, Death } from '../../src/kata/index.js';
import { HistoryWriter } from '../../test/support/history.js';
import type { Cast, Kind } from './contract.js';
import type { Alone, Answered, Cut, Killed, Replaced, Restarted } from './notes.js';
import { check } from './rules.js';

const at = { tap: 0, connection: 0, channel: 1, exchange: '', key: 'work' };
interface Letter {
  readonly id: string;
  readonly body: unknown;
  readonly headers: Record<string, unknown>;
  readonly deaths: readonly Death[];
  readonly rawBody?: string;
  readonly persistent?: boolean;
}

/** A history as a right worker leaves it; each test breaks one thing of it. */
export class Tale {
  readonly #writer = new HistoryWriter();
  readonly #cast = new Map<string, Cast>();
  readonly #letters: Letter[] = [];
  readonly #left: { id: string }[] = [];
  readonly #calls = new Map<string, number>();
  #deliveries = 0;
  #publications = 0;
  #called = 0;

  publish(name: string, kind: Kind, outcome: 'ok' | 'unknown' = 'ok'): this {
    const shipment = kind === 'unreadable' ? undefined : `s-${name}`;
    const body = shipment === undefined ? '%%%' : { id: shipment, address: 'a' };
    const cast: Cast = { id: name, shipment, kind, body };
    this.#cast.set(name, cast);
    this.#writer.note('cast', { cast: [cast] });
    const asked = { exchange: '', key: 'work', id: name, body };
    const op = this.#writer.invoke(0, 'publish', asked);
    if (outcome === 'ok') this.#writer.complete(op, 'ok', { confirmed: true });
    else this.#writer.unknown(op, { kind: 'timeout', detail: 'no confirm', own: true });
    return this;
  }

  /** @returns the number of the delivery */
  deliver(name: string, redelivered = false): number {
    return this.deliverOn(at.connection, name, redelivered);
  }

  deliverOn(connection: number, name: string, redelivered = false): number {
    const delivery = this.#deliveries;
    this.#deliveries += 1;
    const where = { ...at, connection };
    this.#writer.note('amqp-delivered', { ...where, delivery, id: name, redelivered });
    return delivery;
  }

  settle(name: string, delivery: number | undefined, how = 'ack', more = {}): this {
    const id = delivery === undefined ? undefined : name;
    this.#writer.note('amqp-settled', { ...at, delivery, id, how, ...more });
    return this;
  }

  call(name: string, status: number, error?: string): this {
    return this.answer(name, this.ask(name), status, error);
  }

  answer(name: string, n: number, status: number, error?: string): this {
    const shipment = `s-${name}`;
    const attempt = (this.#calls.get(name) ?? 0) + 1;
    this.#calls.set(name, attempt);
    const answered = { n, shipment, attempt, status, ...(error !== undefined && { error }) };
    this.#writer.note('answered', answered satisfies Answered);
    return this;
  }

  /** Asked, and not answered yet. */
  ask(name: string): number {
    const n = this.#called;
    this.#called += 1;
    this.callOf('POST', '/shipments', JSON.stringify({ id: `s-${name}` }), n);
    return n;
  }

  callOf(method: string, path: string, text: string, n = 1e6): this {
    this.#writer.note('upstream-call', { n, method, path, headers: {}, text });
    return this;
  }

  /** @returns the number of the publication */
  copy(name: string, key: string, more = {}): number {
    const publication = this.#publications;
    this.#publications += 1;
    this.#writer.note('amqp-published', {
      ...{ ...at, publication, id: name, key, headers: {} },
      ...more,
    });
    return publication;
  }

  confirm(name: string, publication: number, how = 'ack'): this {
    this.#writer.note('amqp-confirmed', { ...at, publication, id: name, how });
    return this;
  }

  declare(queue: string, how = {}): this {
    const declared = { ...at, queue, durable: true, exclusive: false, ...how };
    this.#writer.note('amqp-declared', declared);
    return this;
  }

  act(f: 'act-began' | 'act-ended', act: string): this {
    this.#writer.note(f, { act });
    return this;
  }

  bury(name: string, change: Partial<Letter> = {}): this {
    const body = this.#cast.get(name)?.body;
    const headers = { 'x-attempts': 3, 'x-reason': 'unknown address' };
    this.#letters.push({ id: name, body, headers, deaths: [], ...change });
    return this;
  }

  leave(name: string): this {
    this.#left.push({ id: name });
    return this;
  }

  disconnect(...unacked: string[]): this {
    this.#writer.note('amqp-disconnected', { tap: 0, connection: 0, unacked });
    return this;
  }

  later(ms: number): this {
    this.#writer.later(ms);
    return this;
  }

  kill(): this {
    const fault: BrokerFault = { kind: 'broker-killed', target: 'broker', detail: {} };
    this.#writer.note('fault', fault);
    return this;
  }

  alone(...ids: string[]): this {
    this.#writer.note('alone', { ids } satisfies Alone);
    return this;
  }

  cut(...inHand: string[]): this {
    this.#writer.note('act-began', { act: 'connection-cut' });
    this.#writer.note('cut', { inHand } satisfies Cut);
    return this.disconnect(...inHand);
  }

  killed(...inHand: string[]): this {
    this.#writer.note('act-began', { act: 'worker-killed' });
    this.#writer.note('killed', { inHand } satisfies Killed);
    return this;
  }

  ended(): this {
    this.#writer.note('program-stopped', { kind: 'drained', code: 0, signal: null, tookMs: 1 });
    return this;
  }

  replaced(underWay = 1, stillTaking = false): this {
    const note = { ids: ['r'], underWay, stillTaking };
    this.#writer.note('replaced', note satisfies Replaced);
    return this;
  }

  restarted(inHand: string[], how: Restarted['how'] = 'kill', held = inHand.length): this {
    this.#writer.note('restarted', { how, inHand, held } satisfies Restarted);
    return this;
  }

  /** Delivered, shipped, acknowledged. */
  ship(name: string, redelivered = false): this {
    const delivery = this.deliver(name, redelivered);
    return this.call(name, 201).settle(name, delivery);
  }

  /** Delivered, refused, a confirmed copy, acknowledged. */
  fail(name: string, key = 'work', kind: Kind = 'refused'): this {
    const delivery = this.deliver(name);
    if (kind !== 'unreadable') this.call(name, 500, 'unknown address');
    return this.confirm(name, this.copy(name, key)).settle(name, delivery);
  }

  /** As many attempts as there should be, and then a dead letter. */
  die(name: string, kind: Kind = 'refused', tries = 3): this {
    for (let n = 1; n < tries; n += 1) this.fail(name, 'work', kind);
    return this.fail(name, 'work.dead', kind).bury(name);
  }

  judge(broker: BrokerKind = 'rabbitmq', prefetch = 1_000) {
    this.#writer.note('drained', { queue: 'work', messages: this.#left });
    this.#writer.note('drained', { queue: 'work.dead', messages: this.#letters });
    return check(this.#writer.history(), { broker, prefetch });
  }
}

/** All that an experiment does, and a worker that is right. */
export function rightTale(): Tale {
  const tale = new Tale().publish('g', 'good').ship('g').publish('c', 'good');
  tale.deliver('c');
  tale.call('c', 201).cut('c').ship('c', true).publish('r', 'refused');
  tale.fail('r').fail('r').replaced().ended().fail('r', 'work.dead').bury('r');
  tale.publish('l', 'late').fail('l').fail('l').ship('l');
  tale.publish('s', 'stubborn').die('s');
  tale.publish('u', 'unreadable').die('u', 'unreadable', 1);
  tale.publish('h', 'good').deliver('h');
  tale.call('h', 201).disconnect('h').restarted(['h']).ship('h', true);
  return tale;
}

export function broken(tale: Tale): string[] {
  return tale
    .judge()
    .findings.filter(({ holds }) => !holds)
    .map(({ invariant }) => invariant);
}

export function storyOf(tale: Tale, invariant: string): string | undefined {
  return tale.judge().findings.find((one) => one.invariant === invariant)?.witness?.story.en;
}
