import type { Lab, Program } from '../../../src/kata/index.js';
import type { Asked } from '../notes.js';
import { operation } from './requests.js';

/** Each on an account that nobody has used before. */
const rounds = 4;
const most = 16;
const deposit = 10;
/** More than a round can have paid in. */
const tooMuch = 100_000;

export interface Crowd {
  readonly users: number;
  readonly answerWithinMs: number;
}

/**
 * The first operations on an account all come at once. Then, in one moment: a withdrawal that nobody
 * can pay, others that can all be paid together, whoever comes first, and some who look on. On others
 * that nobody has used, one deposit comes amidst many reads, each of which may be the first to ask.
 * @returns the accounts that it used
 */
export async function crowd(
  lab: Lab,
  bank: Program,
  { users, answerWithinMs }: Crowd,
): Promise<readonly string[]> {
  const size = Math.min(users, most);
  const named = (name: string): string[] =>
    Array.from({ length: rounds }, (_, n) => `${name}-${n + 1}`);
  const accounts = named('crowd');
  const lookedAt = named('looked-at');
  // Not as a burst: the table tells of the load alone.
  const atOnce = (all: readonly Asked[]): Promise<unknown> =>
    Promise.all(
      all.map((asked, n) => lab.oneByOne(bank, [operation(n, asked)], { answerWithinMs })),
    );
  for (const account of accounts) {
    await atOnce(some(size, { account, kind: 'deposit', amount: deposit }));
    await atOnce([
      { account, kind: 'withdrawal', amount: tooMuch },
      ...some(size, { account, kind: 'withdrawal', amount: deposit / 2 }),
      ...some(size, { account, kind: 'read', amount: 0 }),
    ]);
  }
  for (const account of lookedAt) {
    const reads = some(Math.ceil(size / 2), { account, kind: 'read', amount: 0 });
    await atOnce([...reads, { account, kind: 'deposit', amount: deposit }, ...reads]);
  }
  return [...accounts, ...lookedAt];
}

const some = (length: number, asked: Asked): Asked[] => Array.from({ length }, () => asked);
