import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bankOf,
  judge,
  opening,
  rightTale,
  rowOf,
  scene,
  wish,
  type Scene,
  type Tale,
} from './rules.histories.js';

function broken(tale: Tale): string[] {
  return judge(tale)
    .findings.filter((one) => !one.holds)
    .map((one) => one.invariant);
}

function witnessOf(tale: Tale, invariant: string) {
  return judge(tale).findings.find((one) => one.invariant === invariant)?.witness;
}

describe('the checker of kata 3', () => {
  it('finds nothing wrong with a right bank', () => {
    const result = judge(rightTale());
    expect(result.findings.filter((one) => !one.holds)).toEqual([]);
    expect(result.findings).toHaveLength(10);
    expect(result.coverage.filter((one) => !one.met)).toEqual([]);
    expect(result.figures).toEqual({ moved: 3, unseen: 0, vanished: 0, deadlocks: 4, retries: 0 });
  });

  it.each<[string, (tale: Tale) => void, string[]]>([
    [
      'a read that misses money',
      (tale) => void tale.reads.push(opening.map((one) => ({ ...one, balance: 90 }))),
      ['every-read-adds-up'],
    ],
    [
      'a read that misses an account with nothing in it',
      (tale) => {
        tale.reads.push([
          { id: 'a-1', balance: 150 },
          { id: 'a-2', balance: 150 },
        ]);
      },
      ['every-read-adds-up'],
    ],
    [
      'a read with a negative balance',
      (tale) => {
        const [first, second, third] = opening;
        if (first && second && third)
          tale.reads.push([{ ...first, balance: -5 }, { ...second, balance: 205 }, third]);
      },
      ['never-negative'],
    ],
    [
      'a debit without its credit',
      (tale) => {
        tale.beyond = { 'a-3': -25 };
      },
      ['total-is-conserved', 'each-transfer-once'],
    ],
    [
      'a transfer that took effect twice',
      (tale) => {
        tale.beyond = { 'a-1': -30, 'a-2': 30 };
      },
      ['each-transfer-once'],
    ],
    [
      'a transfer of an unknown outcome that took effect without being recorded',
      (tale) => {
        tale.beyond = { 'a-3': -10, 'a-1': 10 };
      },
      ['each-transfer-once'],
    ],
    [
      'a negative balance at the end',
      (tale) => {
        tale.beyond = { 'a-1': -170, 'a-2': 170 };
      },
      ['never-negative', 'each-transfer-once'],
    ],
    [
      'an acknowledged transfer that is not there',
      (tale) => {
        tale.rows = tale.rows.filter(({ id }) => id !== 't-2');
      },
      ['acknowledged-takes-effect'],
    ],
    [
      'an acknowledged transfer of another amount',
      (tale) => {
        tale.rows = tale.rows.map((row) => (row.id === 't-2' ? { ...row, amount: 21 } : row));
      },
      ['acknowledged-takes-effect'],
    ],
    [
      'an acknowledged transfer under another id',
      (tale) => {
        tale.rows = tale.rows.map((row) => (row.id === 't-2' ? { ...row, id: 'made-up' } : row));
      },
      ['acknowledged-takes-effect', 'refused-takes-none'],
    ],
    [
      'a refused transfer that took effect',
      (tale) => {
        tale.after[0] = scene('t-4', '3→2', 90, 'insufficient-funds', 'alone');
        tale.rows.push(rowOf(tale.after[0]));
      },
      ['refused-takes-none', 'refusals-are-justified'],
    ],
    [
      'a refusal for want of funds that are there',
      (tale) => {
        // It holds 90 at least: the 10 of unknown outcome may have left it.
        tale.after[0] = scene('t-4', '3→2', 90, 'insufficient-funds', 'alone');
      },
      ['refusals-are-justified'],
    ],
    [
      'an account that is said to be unknown',
      (tale) => {
        tale.after[0] = scene('t-4', '3→2', 1, 'unknown-account', 'alone');
      },
      ['refusals-are-justified'],
    ],
    [
      'an id that is said to be used',
      (tale) => {
        tale.after[0] = scene('t-4', '3→2', 1, 'id-reused', 'alone');
      },
      ['refusals-are-justified'],
    ],
    [
      'a 503 without a reason',
      (tale) => {
        tale.after[0] = scene('t-4', '3→2', 1, 'unavailable', 'alone');
      },
      ['refusals-are-justified'],
    ],
    [
      'an answer before the writes',
      (tale) => {
        tale.after.splice(1, 2, scene('crash-1', '2→3', 25, 'done', 'held'));
      },
      ['stored-when-acknowledged'],
    ],
    [
      'an answer before COMMIT',
      (tale) => {
        tale.notYet = ['crash-1'];
      },
      ['stored-when-acknowledged'],
    ],
    [
      'a transfer that is denied once it is done',
      (tale) => void tale.after.push(scene('t-2', '2→1', 20, 'insufficient-funds', 'again')),
      ['asked-again-is-done', 'refusals-are-justified'],
    ],
    [
      'a transfer that stays open however often it is asked for',
      (tale) => {
        tale.after[2] = scene('crash-1', '2→3', 25, 'unavailable', 'again');
        tale.rows = tale.rows.filter(({ id }) => id !== 'crash-1');
      },
      ['asked-again-is-done'],
    ],
    ['a transaction left open', (tale) => void (tale.leftOpen = 1), ['ends-its-transactions']],
  ])('catches %s', (_, spoil, expected) => {
    const tale = rightTale();
    spoil(tale);
    expect(broken(tale).sort()).toEqual([...expected].sort());
  });

  it.each<[string, Scene]>([
    ['the fault is near', scene('x', '3→2', 1, 'unavailable', 'again')],
    ['its retries are used up', { ...scene('x', '3→2', 1, 'unavailable', 'alone'), retries: 100 }],
    ['the account does not exist', scene('x', '3→9', 1, 'unknown-account', 'alone')],
    ['the id was used', scene('t-1', '1→2', 31, 'id-reused', 'alone')],
    [
      'the money of an unknown transfer may be gone',
      scene('x', '3→2', 91, 'insufficient-funds', 'alone'),
    ],
  ])('takes a refusal where %s', (_, refused) => {
    const tale = rightTale();
    tale.after.unshift(refused);
    expect(broken(tale)).toEqual([]);
  });

  it('lets an unknown outcome have a row or none, once', () => {
    const tale = rightTale();
    tale.rows.push(...tale.crowd.slice(2).map(rowOf));
    expect(broken(tale)).toEqual([]);
  });

  it('names the transfer that was held when the money went', () => {
    const tale = rightTale();
    tale.beyond = { 'a-2': -25 };
    const witness = witnessOf(tale, 'total-is-conserved');
    expect(witness?.story.en).toContain(
      'held 300 at the start and hold 275 at the end: 25 vanished',
    );
    expect(witness?.story.en).toContain(
      'crash-1 (25 from a-2 to a-3), history line 11: a-2 was charged twice, a-3 was credited once, and it is recorded once. The program was killed between its two writes (line 12)',
    );
    expect(witness?.story.es).toContain('a a-2 se le cargó dos veces, a a-3 se le abonó una vez');
    expect(witness?.lines).toEqual([11, 12]);
    expect(judge(tale, 101).findings[1]?.witness?.lines).toEqual([111, 112]);
    expect(judge(tale).figures['vanished']).toBe(25);
  });

  it('names the transfers that a read caught half done', () => {
    const tale = rightTale();
    tale.reads.push([
      { id: 'a-1', balance: 70 },
      { id: 'a-2', balance: 80 },
      { id: 'a-3', balance: 100 },
    ]);
    const witness = witnessOf(tale, 'every-read-adds-up');
    expect(witness?.story.en).toContain('found 250 of 300: 50 had left a payer');
    expect(witness?.story.en).toContain(
      't-1 (30 from a-1 to a-2), line 2; and t-2 (20 from a-2 to a-1), line 3',
    );
    expect(witness?.story.en).toContain('So it was in 1 of 2 reads.');
    expect(judge(tale).figures['unseen']).toBe(50);
  });

  it.each<[string, (tale: Tale) => void, string]>([
    [
      'nothing went in the opposite direction',
      (tale) => void tale.crowd.splice(1, 1),
      'opposite-transfers-overlapped',
    ],
    ['nobody read', (tale) => void tale.reads.splice(0), 'read-during-transfers'],
    [
      'nothing was held',
      (tale) => {
        tale.held = tale.held.map((one) => ({ ...one, reached: false }));
      },
      'held-between-the-two-writes',
    ],
  ])('says that %s', (_, spoil, condition) => {
    const tale = rightTale();
    spoil(tale);
    const unmet = judge(tale).coverage.filter((one) => !one.met);
    expect(unmet.map((one) => one.condition)).toEqual([condition]);
  });

  it('passes every right bank, whoever got no answer', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
        expect(broken(bankOf(wishes)).sort()).toEqual([]);
      }),
    );
  });

  it('never passes a bank that moved anything beyond its rows', () => {
    fc.assert(
      fc.property(
        fc.array(wish, { maxLength: 40 }),
        fc.constantFrom('a-1', 'a-2', 'a-3'),
        fc.integer({ min: 1, max: 500 }),
        (wishes, account, amount) => {
          const tale = bankOf(wishes);
          tale.beyond = { [account]: amount };
          expect(broken(tale)).toEqual(
            expect.arrayContaining(['total-is-conserved', 'each-transfer-once']),
          );
          expect(judge(tale).figures['vanished']).toBe(-amount);
        },
      ),
    );
  });
});
