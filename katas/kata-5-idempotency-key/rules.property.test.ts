import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payment, type Asked } from './contract.js';
import { broken, done, lost, row, told, type Step, type Tale } from './rules.histories.js';

/** What clients do with one key each, and what the network does to their answers. */
const attempts = fc.array(
  fc.record({
    client: fc.integer({ min: 1, max: 2 }),
    key: fc.integer({ min: 1, max: 3 }),
    dear: fc.boolean(),
    fate: fc.constantFrom('answered', 'answer lost', 'request lost', 'busy'),
  }),
  { maxLength: 30 },
);

type Attempts = typeof attempts extends fc.Arbitrary<infer T> ? T : never;

/** A right program, in a few lines: the first payload that arrives under a key is its payment. */
function served(tries: Attempts): Tale {
  const kept = new Map<string, Step>();
  const serve = (asked: Asked): Step => {
    const name = `${asked.client} ${asked.key ?? ''}`;
    const first = kept.get(name) ?? done(asked);
    kept.set(name, first);
    return first.asked.amount === asked.amount ? { ...first } : told(asked, 422);
  };
  const ask = (client: number, key: number, amount: number): Asked => ({
    ...payment('other-payload'),
    ...{ client: `c-${client}`, key: `k-${key}`, order: `o-${key}`, amount },
  });
  const steps = tries.map(({ client, key, dear: isDear, fate }) => {
    const asked = ask(client, key, isDear ? 9_900 : 2_500);
    if (fate === 'request lost') return lost(asked);
    // Somebody is in progress with this key only while it has no answer yet.
    if (fate === 'busy' && !kept.has(`c-${client} k-${key}`)) return told(asked, 409);
    const answer = serve(asked);
    return fate === 'answer lost' ? lost(asked) : answer;
  });
  // In the end every client asks until it knows, as the experiment does.
  const names = new Map(steps.map(({ asked }) => [`${asked.client} ${asked.key ?? ''}`, asked]));
  const last = [...names.values()].flatMap((first) => {
    const original = steps.find(
      ({ asked }) => asked.client === first.client && asked.key === first.key,
    )?.asked;
    return original ? [serve(original)] : [];
  });
  return {
    steps: [...steps, ...last],
    atOnce: [],
    charges: [...kept.values()].map(row),
    missed: [],
  };
}

/** Whose own payload was the first to arrive: one that was refused with 422 is its client's fault. */
function isHonest({ steps }: Tale): boolean {
  const firsts = new Map<string, number>();
  return steps.every(({ asked }) => {
    const name = `${asked.client} ${asked.key ?? ''}`;
    const amount = firsts.get(name) ?? asked.amount;
    firsts.set(name, amount);
    return amount === asked.amount;
  });
}

describe('whatever clients and the network do', () => {
  it('a right program is right', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const honest = tries.map((one) => ({ ...one, dear: false }));
        expect(broken(served(honest))).toEqual([]);
      }),
    );
  });

  it('also one whose clients mix up their payments keeps its money right', () => {
    const money = ['one-charge-a-key', 'acknowledged-equals-rows', 'same-answer'];
    fc.assert(
      fc.property(attempts, (tries) => {
        const tale = served(tries);
        const found = broken(tale).filter((one) => money.includes(one) || isHonest(tale));
        expect(found).toEqual([]);
      }),
    );
  });

  it('one charge more or less is found', () => {
    fc.assert(
      fc.property(attempts, fc.nat(), (tries, pick) => {
        const tale = served(tries.map((one) => ({ ...one, dear: false })));
        const one = tale.charges[pick % Math.max(1, tale.charges.length)];
        fc.pre(one !== undefined);
        const more = [...tale.charges, { ...one, id: 'one-more' }];
        expect(broken({ ...tale, charges: more })).toContain('one-charge-a-key');
        const less = tale.charges.filter(({ id }) => id !== one.id);
        expect(broken({ ...tale, charges: less })).toContain('acknowledged-equals-rows');
      }),
    );
  });

  it('an answer that is not like the others is found', () => {
    fc.assert(
      fc.property(attempts, fc.nat(), (tries, pick) => {
        const tale = served(tries.map((one) => ({ ...one, dear: false })));
        const answered = tale.steps.filter(({ status }) => status === 201);
        const one = answered[pick % Math.max(1, answered.length)];
        const isAlone =
          answered.filter(
            ({ asked }) => asked.client === one?.asked.client && asked.key === one.asked.key,
          ).length < 2;
        fc.pre(one !== undefined && !isAlone);
        one.body = { ...(one.body as object), at: 'another time' };
        expect(broken(tale)).toEqual(['same-answer']);
      }),
    );
  });
});
