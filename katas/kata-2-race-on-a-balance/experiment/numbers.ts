import type { Lab, Program } from '../../../src/kata/index.js';
import { mostAmount } from '../contract.js';
import type { Asked, Malformed } from '../notes.js';
import { askAlone, malformed } from './requests.js';

/**
 * Nobody else is there, so every answer is certain, and what is wrong is no race: sums beyond 32 bits
 * and beyond what a float of 32 bits tells apart, amounts that hundredths cannot hold, names that are
 * hard to tell apart or that objects have already, an account that nobody has used, and what is no
 * amount at all.
 * @returns the accounts that it used, whose balances are to be read at rest; none where it hangs
 */
export async function numbers(lab: Lab, bank: Program): Promise<readonly string[]> {
  await askAlone(lab, bank, [...large(), ...cents(), ...names()]);
  if (!(await refuseAll(lab, bank))) return [];
  // What was refused leaves nothing behind, no lock either.
  await askAlone(lab, bank, [asked(refused, 'deposit', 3), asked(refused, 'withdrawal', 2)]);
  return [vault, till, ...nameAccounts, untouched, refused];
}

/** Where one hangs, the next would hang as well. @returns whether each was answered */
async function refuseAll(lab: Lab, bank: Program): Promise<boolean> {
  for (const body of noAmounts()) {
    const answers: number[] = [];
    await lab.oneByOne(bank, [malformed(body, (status) => answers.push(status))]);
    if (answers.length === 0) return false;
  }
  return true;
}

const vault = 'vault';
const till = 'till';
const mostLetters = 100;
/** As long as a name may be, and different only in the last of its letters. */
const longNames = ['x', 'y'].map((last) => 'n'.repeat(mostLetters - 1) + last);
/** Equal where a name of digits is kept as a number, of 64 bits or of a float's 53. */
const digitNames = ['7', '007', '9007199254740992', '9007199254740993'];
/** Equal where hyphens are tidied up. */
const hyphenNames = ['b-1', 'b--1', 'b-1-', '-b-1', 'b1'];
/** What every object of JavaScript and Python has already is a name like any other. */
const inheritedNames = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'get'];
const nameAccounts = [
  ...['Ana', 'ana', 'ana-1', 'ana-11'],
  ...longNames,
  ...digitNames,
  ...hyphenNames,
  ...inheritedNames,
];
const untouched = 'untouched';
const refused = 'refused';

/** Five times the most is more than an unsigned number of 32 bits holds. */
function large(): Asked[] {
  const most = Array.from({ length: 5 }, () => asked(vault, 'deposit', mostAmount));
  return [
    ...most,
    asked(vault, 'deposit', 1),
    asked(vault, 'withdrawal', 7),
    asked(vault, 'read', 0),
    ...most.slice(1).map(() => asked(vault, 'withdrawal', mostAmount)),
    asked(vault, 'withdrawal', mostAmount),
  ];
}

/** Divided by a hundred, none of these is what a binary fraction holds. */
function cents(): Asked[] {
  const amounts = [29, 57, 58, 113, 115, 1, 201, 1_009];
  return [
    ...amounts.map((amount) => asked(till, 'deposit', amount)),
    ...amounts.map((amount) => asked(till, 'withdrawal', amount)),
    asked(till, 'withdrawal', 1),
  ];
}

/** Each is an account of its own. */
function names(): Asked[] {
  return [
    ...nameAccounts.map((name, n) => asked(name, 'deposit', 10 + n)),
    asked(untouched, 'read', 0),
    asked(untouched, 'withdrawal', 1),
    asked(refused, 'deposit', 50),
  ];
}

function noAmounts(): Malformed[] {
  const amounts = [0, -5, 1.5, mostAmount + 1, '5', null, [5], true];
  const bodies = [
    ...amounts.map((amount) => JSON.stringify({ amount })),
    '{}',
    'null',
    '5',
    '{"amount": 5',
    '"amount": 5}',
    '{"sum": {"amount": 5}}',
    '{"note": "\\"amount\\": 5"}',
    'amount=5',
    '',
  ];
  return bodies.map((body) => ({ account: refused, body }));
}

function asked(account: string, kind: Asked['kind'], amount: number): Asked {
  return { account, kind, amount };
}
