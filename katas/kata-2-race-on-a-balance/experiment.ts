import type { Lab, Program } from '../../src/kata/index.js';
import { crowd } from './experiment/crowd.js';
import { numbers } from './experiment/numbers.js';
import { askAlone, operation } from './experiment/requests.js';
import type { Asked, Rest } from './notes.js';

/** What each account is opened with, so that early withdrawals find something. */
const opening = 100;
/** So many accounts are emptied one by one at the end. */
const emptied = 10;

interface Options {
  readonly users: number;
  readonly requests: number;
  readonly accounts: number;
  readonly hot: number;
  readonly thinkMs: number;
}

/** Where an account hangs it would hang again: what there is to say of it is said. */
export async function experiment(lab: Lab, options: Options): Promise<void> {
  const { users, requests, accounts, hot, thinkMs } = options;
  const bank = await lab.start();
  const names = Array.from({ length: accounts }, (_, n) => `a-${n + 1}`);
  // A right program may serve all users of an account one by one.
  const answerWithinMs = 10_000 + users * (thinkMs + 5);
  const load = (count: number, day: Day): Promise<void> =>
    lab.closed(bank, {
      users,
      requests: count,
      next: (user) => operation(user, pick(lab.random, names, hot, day)),
      answerWithinMs,
    });
  const onRunDay = Math.floor(requests / 4);
  const isOpen = await areAnswered(lab, bank, names, 'deposit', opening);
  const afterDay =
    isOpen &&
    (await lab.act('day', async () => {
      await load(requests - onRunDay, { deposits: 50, withdrawals: 40, mostWithdrawn: 20 });
      return rest(lab, bank, names);
    }));
  const afterRun =
    afterDay !== false &&
    (await lab.act('bank-run', async () => {
      // The balances come down to nothing and stay there.
      await load(onRunDay, { deposits: 20, withdrawals: 70, mostWithdrawn: 60 });
      for (const account of names.slice(0, emptied)) await empty(lab, bank, account);
      return rest(lab, bank, names);
    }));
  const afterCrowd =
    afterRun !== false &&
    (await lab.act('crowd', async () =>
      rest(lab, bank, await crowd(lab, bank, { users, answerWithinMs })),
    ));
  if (afterCrowd !== false)
    await lab.act('numbers', async () => {
      const used = await numbers(lab, bank);
      await rest(lab, bank, [...names, ...used]);
    });
  await bank.stop();
}

/** Nothing is under way any more. @returns whether every balance could be read */
function rest(lab: Lab, bank: Program, accounts: readonly string[]): Promise<boolean> {
  lab.note('rest', { accounts } satisfies Rest);
  return areAnswered(lab, bank, accounts, 'read', 0);
}

/** Percent of each kind; the rest of them read. */
interface Day {
  deposits: number;
  withdrawals: number;
  mostWithdrawn: number;
}

function pick(
  random: Lab['random'],
  names: readonly string[],
  hot: number,
  { deposits, withdrawals, mostWithdrawn }: Day,
): Asked {
  const n = random.integer(1, 100) <= hot ? 0 : random.integer(0, names.length - 1);
  const account = names[n] ?? '';
  const dice = random.integer(1, 100);
  if (dice <= deposits) return { account, kind: 'deposit', amount: random.integer(1, 20) };
  if (dice > deposits + withdrawals) return { account, kind: 'read', amount: 0 };
  return { account, kind: 'withdrawal', amount: random.integer(1, mostWithdrawn) };
}

/** Asks every account in turn. @returns whether all of them did what was asked */
async function areAnswered(
  lab: Lab,
  bank: Program,
  names: readonly string[],
  kind: Asked['kind'],
  amount: number,
): Promise<boolean> {
  const asked = names.map((account): Asked => ({ account, kind, amount }));
  const { answered } = await askAlone(lab, bank, asked);
  return answered === names.length;
}

/** With nobody else there every answer is certain: one too many, all there is, and a new start. */
async function empty(lab: Lab, bank: Program, account: string): Promise<void> {
  const ask = (kind: Asked['kind'], amount: number): ReturnType<typeof askAlone> =>
    askAlone(lab, bank, [{ account, kind, amount }]);
  const { balance } = await ask('read', 0);
  if (balance === undefined) return;
  await ask('withdrawal', Math.max(1, balance + 1));
  if (balance > 0) await ask('withdrawal', balance);
  await ask('deposit', 7);
}
