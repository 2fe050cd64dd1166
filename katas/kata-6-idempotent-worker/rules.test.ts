import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightTale, Tale, toldToStop } from './rules.histories.js';

function broken(tale: Tale): string[] {
  return tale
    .judge()
    .findings.filter(({ holds }) => holds === false)
    .map(({ invariant }) => invariant);
}

describe('the checker of kata 6', () => {
  it('passes a right worker, with all that has to happen', () => {
    const { findings, coverage, figures } = rightTale().judge();
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(coverage.filter(({ met }) => !met)).toEqual([]);
    expect(figures).toEqual({ published: 16, deliveries: 20, redelivered: 4, doubled: 0, lost: 0 });
  });

  it('finds a copy that was charged, and names both deliveries', () => {
    const tale = rightTale().publish('x').publish('x').take('x').take('x');
    const finding = tale.judge().findings.find(({ invariant }) => invariant === 'effect-once');
    expect(finding?.holds).toBe(false);
    expect(finding?.witness?.story.en).toContain(
      'p-x of message m-x was taken 2 times (rows 15, 16)',
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

  it('finds what was acknowledged and has no row when the lab looks', () => {
    const tale = rightTale().publish('x').publish('y').take('x').skip('y').audited(2, 'y');
    const { findings } = tale.charge('y').judge();
    const found = findings.filter(({ holds }) => !holds);
    expect(found.map(({ invariant }) => invariant)).toEqual(['acks-after-effect']);
    expect(found[0]?.witness?.story.en).toContain('So it was with 1 of 2 messages');
    expect(found[0]?.witness?.story.es).toContain('Así estaba 1 de 2 mensajes');
  });

  describe('of a worker that is told to stop', () => {
    it('finds messages that it takes on', () => {
      const { tale, a, b } = toldToStop();
      tale.charge('a').settle('a', a).charge('b').settle('b', b).take('c').take('d');
      expect(broken(tale.stopped(['a', 'b', 'c', 'd']))).toEqual(['stops-in-order']);
    });

    it('allows one that had asked already, and one that gives back what comes', () => {
      const { tale, a, b } = toldToStop();
      tale.charge('a').settle('a', a).charge('b').settle('b', b).take('c');
      for (const name of ['d', 'd']) tale.settle(name, tale.deliver(name), 'requeue');
      expect(broken(tale.stopped(['a', 'b', 'c']).take('d', true))).toEqual([]);
    });

    it('finds that it lets go of everything', () => {
      const { tale } = toldToStop();
      tale.stopped([]).take('a', true).take('b', true).take('c').take('d');
      expect(broken(tale)).toEqual(['stops-in-order']);
    });

    it('finds what is done and not acknowledged', () => {
      const { tale, a } = toldToStop();
      tale.charge('a').settle('a', a).charge('b').stopped(['a', 'b']).skip('b', true);
      expect(broken(tale.take('c').take('d'))).toEqual(['stops-in-order']);
    });

    it('allows one that hands back what it has not begun, or leaves it to the broker', () => {
      const { tale, a, b } = toldToStop();
      tale.charge('a').settle('a', a).settle('b', b, 'requeue').stopped(['a']);
      expect(broken(tale.take('b', true).take('c').take('d'))).toEqual([]);
      const other = toldToStop();
      other.tale.charge('a').settle('a', other.a).stopped(['a']);
      expect(broken(other.tale.take('b', true).take('c').take('d'))).toEqual([]);
    });

    it('finds what is handed back and done all the same, unless that took too long', () => {
      const end = ({ tale, b }: ReturnType<typeof toldToStop>) =>
        broken(
          tale
            .charge('a')
            .charge('b')
            .settle('b', b)
            .stopped(['a', 'b'])
            .skip('a', true)
            .take('c')
            .take('d'),
        );
      expect(end(toldToStop(300))).toEqual(['stops-in-order']);
      // So long a wait it has not gone through before: it may give up by then.
      expect(end(toldToStop(900))).toEqual([]);
    });

    it('blames none that had no time left, nor twice one that was killed', () => {
      const { tale } = toldToStop();
      tale.charge('a').charge('b').stopped(['a', 'b'], 4_500).skip('a', true).skip('b', true);
      const { findings } = tale.take('c').take('d').judge();
      const of = findings.find(({ invariant }) => invariant === 'stops-in-order');
      expect(of).toMatchObject({ holds: null });
      const killed = toldToStop().tale;
      killed.charge('a').charge('b').stopped(['a', 'b'], 5_000, 'killed');
      expect(broken(killed.skip('a', true).skip('b', true).take('c').take('d'))).toEqual([]);
    });

    it('takes no side where a message came to it twice', () => {
      const { tale, a } = toldToStop();
      tale.settle('a', a, 'requeue').charge('a').deliver('a', true);
      expect(broken(tale.stopped(['a']).skip('a', true).take('b').take('c').take('d'))).toEqual([]);
    });
  });

  it('says what did not happen', () => {
    const { coverage } = new Tale().publish('1').take('1').judge();
    expect(coverage.filter(({ met }) => !met).map(({ condition }) => condition)).toEqual([
      'copies-delivered',
      'redelivered-after-a-cut',
      'crashed-between-effect-and-ack',
      'crashed-before-the-effect',
      'lost-its-session-twice',
      'lost-an-answer',
      'waited-for-the-database',
      'cut-with-work-in-hand',
      'in-two-hands',
      'connected-in-vain',
      'stopped-with-work-in-hand',
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
