import {
  outsideContract,
  type ClientRequest,
  type Lab,
  type Program,
  type Reading,
} from '../../src/kata/index.js';
import type { Asked } from './notes.js';

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

export async function experiment(
  lab: Lab,
  { users, requests, accounts, hot, thinkMs }: Options,
): Promise<void> {
  const bank = await lab.start();
  const names = Array.from({ length: accounts }, (_, n) => `a-${n + 1}`);
  const all = (kind: Asked['kind'], amount: number): Promise<boolean> =>
    areAnswered(lab, bank, names, kind, amount);
  const rest = (): Promise<boolean> => {
    lab.note('rest', {});
    return all('read', 0);
  };
  const load = (requests: number, day: Day): Promise<void> =>
    lab.closed(bank, {
      users,
      requests,
      next: (user) => operation(user, pick(lab.random, names, hot, day)),
      // A right program may serve all users of an account one by one.
      answerWithinMs: 10_000 + users * (thinkMs + 5),
    });
  const onRunDay = Math.floor(requests / 4);
  // Where an account hangs it would hang again: what there is to say of it is said.
  if (await all('deposit', opening)) {
    await load(requests - onRunDay, { deposits: 50, withdrawals: 40, mostWithdrawn: 20 });
    if (await rest()) {
      // Everybody wants their money back: the balances come down to nothing and stay there.
      await load(onRunDay, { deposits: 20, withdrawals: 70, mostWithdrawn: 60 });
      for (const account of names.slice(0, emptied)) await empty(lab, bank, account);
      await rest();
    }
  }
  await bank.stop();
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
  let answered = 0;
  const count = (): void => void (answered += 1);
  await lab.oneByOne(
    bank,
    names.map((account) => telling(account, kind, amount, count)),
  );
  return answered === names.length;
}

/** With nobody else there every answer is certain: one too many, all there is, and a new start. */
async function empty(lab: Lab, bank: Program, account: string): Promise<void> {
  let balance: number | undefined;
  const ask = (kind: Asked['kind'], amount: number): Promise<void> =>
    lab.oneByOne(bank, [telling(account, kind, amount, (found) => (balance = found))]);
  await ask('read', 0);
  if (balance === undefined) return;
  await ask('withdrawal', Math.max(1, balance + 1));
  if (balance > 0) await ask('withdrawal', balance);
  await ask('deposit', 7);
}

/** @param tell gets the balance once the operation has taken effect */
function telling(
  account: string,
  kind: Asked['kind'],
  amount: number,
  tell: (balance: number) => void,
): ClientRequest {
  const request = operation(0, { account, kind, amount });
  return {
    ...request,
    read(answer) {
      const found = request.read(answer);
      if (found.outcome === 'ok') tell((found.value as { balance: number }).balance);
      return found;
    },
  };
}

function operation(process: number, asked: Asked): ClientRequest {
  const { account, kind, amount } = asked;
  const common = { process, f: kind, asked, read: read(kind) };
  return kind === 'read'
    ? { ...common, method: 'GET', path: `/accounts/${account}` }
    : { ...common, method: 'POST', path: `/accounts/${account}/${kind}s`, body: { amount } };
}

/** 200 with the balance after the operation; 409 where a withdrawal asks for more than there is. */
function read(kind: Asked['kind']): ClientRequest['read'] {
  return (answer): Reading => {
    const body = answer.json();
    const balance =
      typeof body === 'object' && body !== null && 'balance' in body ? body.balance : undefined;
    if (typeof balance === 'number' && Number.isSafeInteger(balance)) {
      if (answer.status === 200) return { outcome: 'ok', value: { balance } };
      if (answer.status === 409 && kind === 'withdrawal')
        return { outcome: 'fail', value: { balance } };
    }
    const refusal = kind === 'withdrawal' ? ', or 409 {"balance": 3} (insufficient funds)' : '';
    return outsideContract(answer, `200 {"balance": 42}${refusal}`);
  };
}
