import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryWriter } from '../../test/support/history.js';
import type { Charge, Frozen, Held } from './notes.js';
import { check } from './rules.js';

/** A history as a right worker leaves it; each test breaks one thing of it. */
class Tale {
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

  frozen(name: string, then: Frozen['then'], where: Frozen['at'] = 'charges'): this {
    this.#writer.note('frozen', { id: `m-${name}`, at: where, then } satisfies Frozen);
    return this;
  }

  thawed(name: string): this {
    this.#writer.note('thawed', { id: `m-${name}` });
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
function rightTale(): Tale {
  const tale = new Tale().publish('1').publish('1').publish('2').take('1').skip('1').take('2');
  tale.publish('cut').deliver('cut');
  tale.charge('cut').held('cut', 'cut').skip('cut', true);
  tale.publish('crash').deliver('crash');
  tale.charge('crash').held('crash', 'crash').skip('crash', true);
  tale.publish('at').deliver('at');
  return tale.frozen('at', 'crash').thawed('at').take('at', true);
}

function broken(tale: Tale): string[] {
  return tale
    .judge()
    .findings.filter(({ holds }) => !holds)
    .map(({ invariant }) => invariant);
}

describe('the checker of kata 6', () => {
  it('passes a right worker, with all that has to happen', () => {
    const { findings, coverage, figures } = rightTale().judge();
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(coverage.filter(({ met }) => !met)).toEqual([]);
    expect(figures).toEqual({ published: 6, deliveries: 9, redelivered: 3, doubled: 0, lost: 0 });
  });

  it('finds a copy that was charged, and names both deliveries', () => {
    const tale = rightTale().publish('x').publish('x').take('x').take('x');
    const finding = tale.judge().findings.find(({ invariant }) => invariant === 'effect-once');
    expect(finding?.holds).toBe(false);
    expect(finding?.witness?.story.en).toContain(
      'p-x of message m-x was taken 2 times (rows 6, 7)',
    );
    expect(finding?.witness?.lines.length).toBe(4);
  });

  it('finds a payment charged again after a lost acknowledgement, and says why it came again', () => {
    const tale = rightTale().publish('x');
    tale.deliver('x');
    const { findings } = tale.charge('x').held('x', 'crash').take('x', true).judge();
    const story = findings.find(({ invariant }) => invariant === 'effect-once')?.witness?.story;
    expect(story?.en).toContain('the worker crashed');
    expect(story?.es).toContain('el worker se cayó');
  });

  it('finds a payment that was acknowledged and never charged', () => {
    expect(broken(rightTale().publish('x').skip('x'))).toEqual(['none-lost']);
    const rejected = rightTale().publish('x');
    rejected.settle('x', rejected.deliver('x'), 'discard');
    expect(broken(rejected)).toEqual(['none-lost']);
  });

  it('takes no side where the publisher does not know, nor where the message is still there', () => {
    expect(broken(rightTale().publish('x', 'unknown'))).toEqual([]);
    expect(broken(rightTale().publish('x', 'unknown').take('x'))).toEqual([]);
    expect(broken(rightTale().publish('x').leave('x'))).toEqual(['finishes']);
  });

  it('finds an acknowledgement on the wire without an effect', () => {
    const tale = rightTale().publish('x');
    tale.deliver('x');
    expect(broken(tale.held('x', 'cut', 0).take('x', true))).toEqual(['acks-after-effect']);
  });

  it('finds an acknowledgement while the effect is held back', () => {
    const tale = rightTale().publish('x');
    tale.settle('x', tale.deliver('x')).frozen('x', 'go-on').thawed('x').charge('x');
    expect(broken(tale)).toEqual(['acks-after-effect']);
  });

  it('finds one that arrives late, of the worker that crashed before the effect', () => {
    const tale = rightTale().publish('x');
    const delivery = tale.deliver('x');
    tale.frozen('x', 'crash').thawed('x').settle('x', delivery);
    expect(broken(tale)).toEqual(['none-lost', 'acks-after-effect']);
  });

  it('allows a worker that tries again by itself after an error', () => {
    const tale = rightTale().publish('x');
    const delivery = tale.deliver('x');
    tale.frozen('x', 'error').thawed('x').charge('x').settle('x', delivery);
    expect(broken(tale)).toEqual([]);
  });

  it('finds charges that nobody asked for, or that are not as asked', () => {
    expect(broken(rightTale().charge('ghost'))).toEqual(['rows-as-asked']);
    const other = rightTale().publish('x');
    other.settle('x', other.deliver('x')).charge('x', { amount: 11 });
    expect(broken(other)).toEqual(['rows-as-asked']);
  });

  it('finds a delivery settled twice', () => {
    expect(broken(rightTale().settle('1', undefined))).toEqual(['settles-once']);
  });

  it('finds messages that were never acknowledged', () => {
    const tale = rightTale().publish('x');
    tale.deliver('x');
    expect(broken(tale.charge('x').leave('x'))).toEqual(['finishes']);
  });

  it('says what did not happen', () => {
    const { coverage } = new Tale().publish('1').take('1').judge();
    expect(coverage.filter(({ met }) => !met).map(({ condition }) => condition)).toEqual([
      'copies-delivered',
      'redelivered-after-a-cut',
      'crashed-between-effect-and-ack',
      'crashed-before-the-effect',
    ]);
  });

  it('counts exactly what is charged twice and what is lost, whatever the order', () => {
    const fate = fc.record({
      copies: fc.integer({ min: 1, max: 3 }),
      rows: fc.integer({ min: 0, max: 3 }),
      left: fc.boolean(),
      known: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 12 }), (fates) => {
        const tale = new Tale();
        fates.forEach(({ copies, rows, left, known }, n) => {
          for (let copy = 0; copy < copies; copy += 1) {
            tale.publish(String(n), known ? 'ok' : 'unknown').skip(String(n));
          }
          for (let row = 0; row < rows; row += 1) tale.charge(String(n));
          if (left) tale.leave(String(n));
        });
        const { figures, findings } = tale.judge();
        const doubled = fates.filter(({ rows }) => rows > 1).length;
        const lost = fates.filter(({ rows, left, known }) => rows === 0 && !left && known).length;
        expect(figures).toMatchObject({ doubled, lost });
        const of = (name: string) => findings.find(({ invariant }) => invariant === name)?.holds;
        expect(of('effect-once')).toBe(doubled === 0);
        expect(of('none-lost')).toBe(lost === 0);
        expect(of('finishes')).toBe(!fates.some(({ left }) => left));
      }),
    );
  });
});
