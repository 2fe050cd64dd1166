import { defineKata, integer, outsideContract } from '../../src/kata/index.js';
import type { ClientRequest, Lab, Program, Reading } from '../../src/kata/index.js';
import type { Asked } from './rules/bounds.js';
import { check } from './rules.js';

/** What each account is opened with, so that early withdrawals find something. */
const opening = 100;
/** So many accounts are emptied one by one at the end. */
const emptied = 10;

export const kata = defineKata({
  id: 'kata-2',
  item: 'm1.b2.kata-2',
  title: { en: 'Race on a balance', es: 'Race condition en un saldo' },
  conditions: ({ users, requests, accounts, hot }) =>
    accounts === 1
      ? {
          en: `${users} users, ${requests} operations on one account`,
          es: `${users} usuarios, ${requests} operaciones en una cuenta`,
        }
      : {
          en: `${users} users, ${requests} operations on ${accounts} accounts, ${hot} % on one of them`,
          es: `${users} usuarios, ${requests} operaciones en ${accounts} cuentas, el ${hot} % en una de ellas`,
        },
  services: [],
  languages: ['node', 'go', 'rust', 'java'],
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
  },

  check,

  questions: {
    problem: {
      en: 'In my own words: what did the two operations of the witness read and write, in which order? Where exactly in my code did the second one come in between?',
      es: 'Con mis palabras: ¿qué leyeron y escribieron las dos operaciones del testigo, en qué orden? ¿En qué punto exacto de mi código se coló la segunda?',
    },
    tradeOffs: {
      en: 'Lock against queue: what did each do to throughput and to p99, with one hot account and with a thousand? Who waits, where can I see the waiting, and how would I bound it?',
      es: 'Lock contra cola: ¿qué hizo cada uno con el throughput y con el p99, con una cuenta caliente y con mil? ¿Quién espera, dónde veo esa espera, y cómo le pondría un límite?',
    },
    realWorld: {
      en: 'All of these cures live in the memory of one process. What is left of each with two replicas behind a load balancer, or after a restart, and what would I use then?',
      es: 'Todas estas curas viven en la memoria de un proceso. ¿Qué queda de cada una con dos réplicas detrás de un balanceador, o tras un reinicio, y qué usaría entonces?',
    },
  },
});

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
