import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asked } from './notes.js';
import { check } from './rules.js';
import { broken, Teller } from './rules.histories.js';

describe('the checker of kata 2', () => {
  it('passes a bank that adds up', () => {
    const bank = new Teller();
    const [first, second] = [bank.begin('deposit', 60), bank.begin('deposit', 40)];
    bank.ok(second, 40);
    bank.ok(first, 100);
    const [one, other] = [bank.begin('deposit', 5), bank.begin('withdrawal', 30)];
    bank.ok(other, 70);
    bank.ok(one, 75);
    bank.alone('read', 0, 75);
    bank.refuse(bank.begin('withdrawal', 80), 75);
    const result = bank.end(75);
    expect(broken(result)).toEqual([]);
    expect(result.coverage.every((condition) => condition.met)).toBe(true);
    expect(result.figures).toEqual({ acknowledged: 4, lost: 0 });
  });

  it('names no two operations as a race where the bank miscounts with nobody else there', () => {
    const bank = new Teller();
    bank.alone('deposit', 29, 28);
    bank.alone('deposit', 57, 86);
    const [one, other] = [bank.begin('deposit', 5), bank.begin('withdrawal', 30)];
    bank.ok(one, 91);
    bank.ok(other, 56);
    const { findings } = bank.end(56);
    const lost = findings.find(({ invariant }) => invariant === 'nothing-lost');
    expect(lost?.witness?.story.en).toContain('with nobody else there a-1 went from 28 to 86');
    expect(lost?.witness?.story.en).not.toContain('wiped out');
  });

  it('finds two answers that do not follow, in a bank that counts in 32 bits', () => {
    const bank = new Teller();
    bank.alone('deposit', 1_000_000_000, 1_000_000_000);
    bank.alone('deposit', 1_000_000_000, 2_000_000_000);
    bank.alone('deposit', 1_000_000_000, -1_294_967_296);
    expect(broken(bank.end(-1_294_967_296))).toEqual([
      'nothing-lost',
      'balances-are-possible',
      'never-negative',
    ]);
  });

  it('reads at rest only the accounts that the rest is about', () => {
    const bank = new Teller();
    bank.alone('deposit', 10, 10);
    bank.writer.note('rest', { accounts: ['a-1'] });
    bank.ok(bank.begin('read'), 10);
    const later = bank.begin('deposit', 7, 'vault');
    bank.ok(later, 7);
    bank.writer.note('rest', { accounts: ['vault'] });
    bank.ok(bank.begin('read', 0, 'vault'), 7);
    const result = check(bank.writer.history());
    expect(broken(result)).toEqual([]);
    expect(result.coverage.find(({ condition }) => condition === 'read-at-rest')?.met).toBe(true);
  });

  it('wants 400 for what is no amount', () => {
    const bank = new Teller();
    const asked = { account: 'a-1', body: '{"amount":-5}' };
    const op = bank.writer.invoke(0, 'malformed', asked);
    bank.writer.complete(op, 'ok', { status: 200, text: '{"balance":-5}' });
    bank.alone('deposit', 1, 1);
    expect(broken(bank.end(1))).toEqual(['refuses-what-is-no-amount']);
  });

  it('names the two operations that overwrote each other, and the amount lost', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    const [one, other] = [bank.begin('deposit', 5), bank.begin('withdrawal', 30)];
    bank.ok(one, 105);
    bank.ok(other, 70);
    const result = bank.end(70);
    expect(broken(result)).toEqual(['nothing-lost']);
    const witness = result.findings[0]?.witness;
    expect(witness?.story.en).toContain(
      'a-1 holds 70 once nothing is under way, but with all that was acknowledged it must be 75',
    );
    expect(witness?.story.en).toContain('5 are lost');
    expect(witness?.story.en).toContain(
      'both began from 100, deposit 5 → 105 and withdrawal 30 → 70',
    );
    expect(witness?.lines).toEqual([5, 6, 9]);
    expect(result.figures['lost']).toBe(5);
  });

  it('finds money that came from nowhere', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    const [one, other] = [bank.begin('withdrawal', 30), bank.begin('withdrawal', 20)];
    bank.ok(one, 70);
    bank.ok(other, 80);
    expect(bank.end(80).findings[0]?.witness?.story.en).toContain('30 came from nowhere');
  });

  it('accuses no two operations that found the same balance one after the other', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    // 100 → 105 → 100 → 107, the first and the last of them under way at once.
    const [slow, back, last] = [
      bank.begin('deposit', 5),
      bank.begin('withdrawal', 5),
      bank.begin('deposit', 7),
    ];
    bank.ok(back, 100);
    bank.ok(slow, 105);
    bank.ok(last, 107);
    const [lost] = bank.end(50).findings;
    expect(lost?.witness?.story.en).toBe(
      'a-1 holds 50 once nothing is under way, but with all that was acknowledged it must be 107: 57 are lost.',
    );
  });

  it('wants the balance of a refusal to be possible too', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    bank.refuse(bank.begin('withdrawal', 130), 7);
    expect(broken(bank.end(100))).toEqual(['balances-are-possible']);
  });

  it('adds up what was lost and what was made up, where there was a rest between', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    bank.rest(95);
    // What is lost by now is held against nobody else.
    bank.alone('withdrawal', 10, 85);
    const result = bank.end(90);
    expect(broken(result)).toEqual(['nothing-lost']);
    expect(result.findings[0]?.witness?.story.en).toContain('it must be 100: 5 are lost');
    expect(result.figures['lost']).toBe(10);
  });

  it('lets what is unknown take effect after a rest', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    bank.lose(bank.begin('deposit', 5));
    bank.rest(100);
    bank.alone('read', 0, 105);
    expect(broken(bank.end(105))).toEqual([]);
  });

  it('lets an unknown outcome have happened or not', () => {
    for (const balance of [100, 105]) {
      const bank = new Teller();
      bank.alone('deposit', 100, 100);
      bank.lose(bank.begin('deposit', 5));
      expect(broken(bank.end(balance))).toEqual([]);
    }
  });

  it('finds a balance that the account cannot have had, high or low', () => {
    for (const balance of [99, 106]) {
      const bank = new Teller();
      bank.alone('deposit', 100, 100);
      bank.alone('deposit', 5, 105);
      bank.alone('read', 0, balance);
      expect(broken(bank.end(105))).toEqual(['balances-are-possible']);
    }
  });

  it('wants an acknowledged operation to be in the balance that it tells', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    bank.alone('deposit', 5, 100);
    expect(broken(bank.end(105))).toEqual(['balances-are-possible']);
  });

  it('finds a negative balance', () => {
    const bank = new Teller();
    bank.alone('deposit', 10, 10);
    bank.alone('withdrawal', 30, -20);
    expect(broken(bank.end(-20))).toContain('never-negative');
  });

  it('finds a refusal while there was enough all the time', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    bank.refuse(bank.begin('withdrawal', 30), 100);
    expect(broken(bank.end(100))).toEqual(['refusals-are-justified']);
  });

  it('finds a refusal that tells a balance that would have sufficed', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    const [other, small] = [bank.begin('withdrawal', 90), bank.begin('withdrawal', 30)];
    bank.ok(other, 10);
    bank.refuse(small, 100);
    const result = bank.end(10);
    expect(broken(result)).toEqual(['refusals-are-justified']);
    const stories = result.findings.flatMap(({ witness }) => (witness ? [witness.story.en] : []));
    expect(stories).toEqual([
      'a withdrawal of 30 from a-1 was refused with a balance of 100 (history line 6), which is enough.',
    ]);
  });

  it('finds a refusal beside a withdrawal that nobody could have paid', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    const [tooMuch, small] = [bank.begin('withdrawal', 1_000), bank.begin('withdrawal', 5)];
    bank.refuse(small, 100);
    bank.refuse(tooMuch, 100);
    expect(broken(bank.end(100))).toEqual(['refusals-are-justified']);
  });

  it('does not blame a refusal while another withdrawal was under way', () => {
    const bank = new Teller();
    bank.alone('deposit', 40, 40);
    const other = bank.begin('withdrawal', 30);
    bank.refuse(bank.begin('withdrawal', 30), 10);
    bank.ok(other, 10);
    expect(broken(bank.end(10))).toEqual([]);
  });

  it('says that nothing overlapped, and that the end could not be read', () => {
    const bank = new Teller();
    bank.alone('deposit', 40, 40);
    bank.writer.note('rest', {});
    bank.lose(bank.begin('read'));
    bank.writer.note('act-began', { act: 'crowd' });
    const unmet = check(bank.writer.history()).coverage.filter((condition) => !condition.met);
    expect(unmet.map(({ condition }) => condition)).toEqual([
      ...['writes-overlapped', 'first-uses-overlapped', 'read-at-rest'],
    ]);
  });

  it('does not count a first use as shared where the second came after it', () => {
    const bank = new Teller();
    bank.alone('deposit', 100, 100);
    const [one, other] = [bank.begin('deposit', 5), bank.begin('deposit', 7)];
    bank.ok(one, 105);
    bank.ok(other, 112);
    bank.writer.note('act-began', { act: 'crowd' });
    const unmet = bank.end(112).coverage.filter((condition) => !condition.met);
    expect(unmet.map(({ condition }) => condition)).toEqual(['first-uses-overlapped']);
  });

  it('says that it never came to rest', () => {
    const bank = new Teller();
    bank.lose(bank.begin('deposit', 100));
    bank.writer.note('act-began', { act: 'crowd' });
    const { findings, coverage } = check(bank.writer.history());
    expect(findings.every((one) => one.holds)).toBe(true);
    expect(coverage.map(({ met }) => met)).toEqual([false, false, false]);
  });

  it('passes every bank that takes effect at one moment between call and answer', () => {
    const plan = fc.record({
      kind: fc.constantFrom<Asked['kind']>('deposit', 'withdrawal', 'read'),
      amount: fc.integer({ min: 1, max: 50 }),
      // When it takes effect and when it is answered, relative to the others.
      effectAt: fc.nat(20),
      answerAfter: fc.nat(10),
      answered: fc.constantFrom('yes', 'yes', 'yes', 'lost', 'lost-before'),
    });
    const plans = fc.array(plan, { maxLength: 25 });
    fc.assert(
      fc.property(plans, plans, (first, second) => {
        const bank = new Teller();
        bank.alone('deposit', 60, 60);
        const balance = play(bank, first, 60);
        bank.rest(balance);
        expect(broken(bank.end(play(bank, second, balance)))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

interface Plan {
  kind: Asked['kind'];
  amount: number;
  effectAt: number;
  answerAfter: number;
  answered: string;
}

/** A linearizable bank: invocations at moment 0 of each, effects and answers in order of time. */
function play(bank: Teller, plans: Plan[], opening: number): number {
  let balance = opening;
  const steps = plans.flatMap((plan, n) => {
    const base = Math.floor(n / 4) * 10;
    let op = -1;
    let answer = (): void => undefined;
    return [
      { at: base, order: 0, run: () => void (op = bank.begin(plan.kind, plan.amount)) },
      {
        at: base + plan.effectAt,
        order: 1,
        run: () => {
          if (plan.answered === 'lost-before') return;
          const sum = balance + signed(plan);
          if (sum < 0) {
            const seen = balance;
            answer = () => bank.refuse(op, seen);
            return;
          }
          balance = sum;
          answer = () => bank.ok(op, sum);
        },
      },
      {
        at: base + plan.effectAt + plan.answerAfter,
        order: 2,
        run: () => (plan.answered === 'yes' ? answer() : bank.lose(op)),
      },
    ];
  });
  steps.sort((a, b) => a.at - b.at || a.order - b.order);
  for (const step of steps) step.run();
  return balance;
}

function signed({ kind, amount }: Plan): number {
  if (kind === 'read') return 0;
  return kind === 'deposit' ? amount : -amount;
}
