import { HistoryWriter } from '../../test/support/history.js';
import type {
  Audited,
  Away,
  Charge,
  Frozen,
  Held,
  Stopped,
  Stopping,
  Unanswered,
} from './notes.js';
import { check } from './rules.js';

/** A history as a right worker leaves it; each test breaks one thing of it. */
export class Tale {
  readonly #writer = new HistoryWriter();
  readonly #charges: Charge[] = [];
  readonly #left: { id: string }[] = [];
  #deliveries = 0;

  publish(name: string, outcome: 'ok' | 'unknown' = 'ok'): this {
    const asked = { exchange: '', key: 'payments', id: `m-${name}`, body: payment(name) };
    const op = this.#writer.invoke(0, 'publish', asked);
    if (outcome === 'ok') this.#writer.complete(op, 'ok', { confirmed: true });
    else this.#writer.unknown(op, { kind: 'timeout', detail: 'no confirm', own: true });
    return this;
  }

  /** @returns the number of the delivery */
  deliver(name: string, redelivered = false): number {
    const delivery = this.#deliveries;
    this.#deliveries += 1;
    this.#writer.note('amqp-delivered', { ...at, delivery, id: `m-${name}`, redelivered });
    return delivery;
  }

  settle(name: string, delivery: number | undefined, how = 'ack'): this {
    const id = delivery === undefined ? undefined : `m-${name}`;
    this.#writer.note('amqp-settled', { ...at, delivery, id, how });
    return this;
  }

  charge(name: string, other: Partial<Charge> = {}): this {
    this.#charges.push({ id: String(this.#charges.length + 1), ...payment(name), ...other });
    return this;
  }

  /** Delivered, charged, acknowledged. */
  take(name: string, redelivered = false): this {
    const delivery = this.deliver(name, redelivered);
    return this.charge(name).settle(name, delivery);
  }

  /** Seen before: acknowledged without an effect. */
  skip(name: string, redelivered = false): this {
    return this.settle(name, this.deliver(name, redelivered));
  }

  held(name: string, then: Held['then'], rows = 1): this {
    this.#writer.note('held', { id: `m-${name}`, rows, then } satisfies Held);
    return this;
  }

  frozen(name: string, then: Frozen['then'], act?: Frozen['in']): this {
    const stood = { id: `m-${name}`, at: 'charges', then, ...(act && { in: act }) } as const;
    this.#writer.note('frozen', stood satisfies Frozen);
    return this;
  }

  thawed(name: string): this {
    this.#writer.note('thawed', { id: `m-${name}` });
    return this;
  }

  /** The lab looked for the rows of so many that had been acknowledged. */
  audited(acknowledged: number, ...without: readonly string[]): this {
    const ids = without.map((name) => `m-${name}`);
    this.#writer.note('audited', { acknowledged, without: ids } satisfies Audited);
    return this;
  }

  later(ms: number): this {
    this.#writer.later(ms);
    return this;
  }

  unanswered(name: string): this {
    this.#writer.note('unanswered', { id: `m-${name}` } satisfies Unanswered);
    return this;
  }

  away(attempts: number): this {
    this.#writer.note('away', { attempts } satisfies Away);
    return this;
  }

  /** SIGTERM, with these deliveries in hand. */
  stopping(standing: number, ...inHand: readonly number[]): this {
    this.#writer.note('stopping', { standing, inHand } satisfies Stopping);
    return this;
  }

  /** It has ended, and these had their rows by then. */
  stopped(done: readonly string[], tookMs = 500, kind = 'drained'): this {
    this.#writer.note('program-stopped', { kind, tookMs });
    this.#writer.note('stopped', { done: done.map((name) => `m-${name}`) } satisfies Stopped);
    return this;
  }

  leave(name: string): this {
    this.#left.push({ id: `m-${name}` });
    return this;
  }

  judge() {
    this.#writer.note('drained', { queue: 'payments', messages: this.#left });
    this.#writer.note('ledger', { charges: this.#charges });
    return check(this.#writer.history());
  }
}

const at = { tap: 0, connection: 0, channel: 1, exchange: '', key: 'payments' };

function payment(name: string) {
  return { payment: `p-${name}`, account: 'a-1', amount: 10 };
}

/** All that an experiment does, and a worker that is right. */
export function rightTale(): Tale {
  const { tale, a, b } = toldToStop();
  tale.charge('a').settle('a', a).charge('b').settle('b', b).stopped(['a', 'b']);
  return tale.take('c').take('d');
}

/**
 * A worker that works alone gets SIGTERM with a and b in hand; c and d are in the queue.
 * @param givenBack a, after so many milliseconds, while its statement is held
 */
export function toldToStop(givenBack?: number): { tale: Tale; a: number; b: number } {
  const tale = untilTheLastAct();
  for (const name of ['a', 'b', 'c', 'd']) tale.publish(name);
  const [a, b] = [tale.deliver('a'), tale.deliver('b')];
  for (const name of ['a', 'b', 'c', 'd']) tale.frozen(name, 'go-on', 'sigterm');
  tale.stopping(1, a, b);
  if (givenBack !== undefined) tale.later(givenBack).settle('a', a, 'requeue');
  for (const name of ['a', 'b', 'c', 'd']) tale.thawed(name);
  return { tale, a, b };
}

function untilTheLastAct(): Tale {
  const tale = new Tale().publish('1').publish('1').publish('2').take('1').skip('1').take('2');
  tale.publish('cut').deliver('cut');
  tale.charge('cut').held('cut', 'cut').skip('cut', true);
  tale.publish('crash').deliver('crash');
  tale.charge('crash').held('crash', 'crash').skip('crash', true);
  tale.publish('at').deliver('at');
  tale.frozen('at', 'crash').thawed('at').take('at', true).audited(1);
  const session = tale.publish('session').deliver('session');
  tale.frozen('session', 'error', 'session-lost').thawed('session');
  tale.frozen('session', 'error', 'session-lost').thawed('session');
  tale.charge('session').settle('session', session);
  const slow = tale.publish('slow').deliver('slow');
  tale.frozen('slow', 'go-on', 'slow-database').later(800).thawed('slow');
  tale.charge('slow').settle('slow', slow);
  const answer = tale.publish('answer').deliver('answer');
  tale.unanswered('answer').charge('answer').settle('answer', answer);
  tale.publish('in-hand').deliver('in-hand');
  tale.frozen('in-hand', 'go-on', 'cut-in-hand').charge('in-hand');
  const again = tale.deliver('in-hand', true);
  tale.thawed('in-hand').settle('in-hand', again).away(3);
  const hands = [tale.publish('race').publish('race').deliver('race'), tale.deliver('race')];
  tale.frozen('race', 'go-on', 'two-workers').thawed('race').charge('race');
  for (const hand of hands) tale.settle('race', hand);
  return tale;
}
