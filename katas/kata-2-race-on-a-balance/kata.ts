import { defineKata, integer, outsideContract } from '../../src/kata/index.js';
import type { ClientRequest, Reading } from '../../src/kata/index.js';
import { check, type Asked } from './check.js';

/** What each account is opened with, so that early withdrawals find something. */
const opening = 100;

export const kata = defineKata({
  id: 'kata-2',
  item: 'm1.b2.kata-2',
  title: { en: 'Race on a balance', es: 'Race condition en un saldo' },
  conditions: ({ users, requests, accounts, hot }) => ({
    en: `${users} users, ${requests} operations on ${accounts} accounts, ${hot} % on one of them`,
    es: `${users} usuarios, ${requests} operaciones en ${accounts} cuentas, el ${hot} % en una de ellas`,
  }),
  services: [],
  languages: ['node', 'go'],
  strategies: {
    none: { en: 'read, compute, write: the race', es: 'leer, calcular, escribir: la carrera' },
    lock: { en: 'one lock an account', es: 'un lock por cuenta' },
    queue: {
      en: 'one owner an account, who takes messages',
      es: 'un solo dueño por cuenta, que recibe mensajes',
    },
    atomic: {
      en: 'compute first, then one indivisible step',
      es: 'calcular antes, y luego un solo paso indivisible',
    },
  },
  defaultStrategy: 'none',
  options: {
    users: integer({
      default: 50,
      min: 1,
      max: 10_000,
      help: { en: 'users at once', es: 'usuarios a la vez' },
    }),
    requests: integer({
      default: 2_000,
      min: 1,
      max: 1_000_000,
      help: { en: 'operations in all', es: 'operaciones en total' },
    }),
    accounts: integer({
      default: 4,
      min: 1,
      max: 10_000,
      help: { en: 'accounts', es: 'cuentas' },
    }),
    hot: integer({
      default: 50,
      min: 0,
      max: 100,
      help: {
        en: 'percent of the operations that go to the first account (contention)',
        es: 'porcentaje de las operaciones que van a la primera cuenta (contención)',
      },
    }),
    thinkMs: integer({
      default: 1,
      min: 0,
      max: 1_000,
      help: {
        en: 'milliseconds between reading the balance and writing it',
        es: 'milisegundos entre leer el saldo y escribirlo',
      },
    }),
  },
  lesson: [
    { strategy: 'none' },
    { strategy: 'lock' },
    { strategy: 'queue' },
    { strategy: 'atomic' },
  ],
  expect: (strategy) =>
    strategy === 'none'
      ? {
          verdict: 'violated',
          by: 'nothing-lost',
          with: ['balances-are-possible', 'never-negative', 'refusals-are-justified'],
        }
      : { verdict: 'holds' },
  columns: [
    { figure: 'acknowledged', head: { en: 'acknowledged', es: 'confirmadas' } },
    { figure: 'lost', head: { en: 'lost', es: 'perdido' } },
  ],

  async experiment(lab, { users, requests, accounts, hot, thinkMs }) {
    const bank = await lab.start();
    const names = Array.from({ length: accounts }, (_, n) => `a-${n + 1}`);
    await lab.oneByOne(
      bank,
      names.map((account) => operation(0, { account, kind: 'deposit', amount: opening })),
    );

    const pick = (): Asked => {
      const account = lab.random.integer(1, 100) <= hot ? 0 : lab.random.integer(0, accounts - 1);
      const dice = lab.random.integer(1, 10);
      const kind = dice <= 5 ? 'deposit' : dice <= 9 ? 'withdrawal' : 'read';
      return { account: names[account] ?? '', kind, amount: lab.random.integer(1, 20) };
    };
    await lab.closed(bank, {
      users,
      requests,
      next: (user) => operation(user, pick()),
      // A right program may serve all users of an account one by one.
      answerWithinMs: 10_000 + users * (thinkMs + 5),
    });

    lab.note('quiet', {});
    await lab.oneByOne(
      bank,
      names.map((account) => operation(0, { account, kind: 'read', amount: 0 })),
    );
    await bank.stop();
  },

  check,
});

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
