import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../../kit/node/environment.js';
import { isolationOf, openPool } from '../../kit/node/postgres.js';
import { GaveUp, withRetries } from '../../kit/node/retry.js';
import { BadRequest, run, type Reply } from '../../kit/node/serve.js';
import { runningAgain } from './again.js';
import type { Bank, Outcome, Strategy, Transfer } from './bank.js';
import { noTransaction } from './no-transaction.js';
import { orderedLocks } from './ordered-locks.js';
import { transaction } from './transaction.js';

const strategies = new Map<string, Strategy>([
  ['no-transaction', noTransaction],
  ['transaction', transaction],
  ['ordered-locks', orderedLocks],
]);

const statuses: Readonly<Record<Outcome, number>> = {
  done: 201,
  'insufficient-funds': 409,
  'unknown-account': 404,
  'id-reused': 422,
};

const environment = readEnvironment();
const isolation = isolationOf(environment.text('PLAN_ISOLATION', 'read-committed'));
const limit = environment.integer('PLAN_RETRIES', 100);
const thinkMs = environment.integer('PLAN_THINK_MS', 5);

run({
  port: environment.port,
  async open() {
    const strategy = environment.text('PLAN_STRATEGY', 'transaction');
    const move = strategies.get(strategy);
    if (!move) throw new Error(`there is no strategy "${strategy}"`);
    const pool = await openPool(levelled(environment.text('DATABASE_URL')));
    const bank = { pool, isolation, think };
    return {
      routes: {
        'POST /transfers': async (body) => transfer(bank, move, readTransfer(body)),
        'GET /accounts': () => accounts(bank),
      },
      close: () => pool.end(),
    };
  },
});

async function think(): Promise<void> {
  if (thinkMs > 0) await sleep(thinkMs);
}

async function transfer(bank: Bank, move: Strategy, wanted: Transfer): Promise<Reply> {
  return within(async () => {
    const { result, retries } = await withRetries(limit, () => runningAgain(move(bank, wanted)));
    const body = { id: wanted.id, retries };
    if (result === 'done') return { status: 201, body };
    return { status: statuses[result], body: { ...body, error: result } };
  });
}

/** One statement is one snapshot: no transfer can be half in it. */
async function accounts({ pool }: Bank): Promise<Reply> {
  return within(async () => {
    const { result } = await withRetries(limit, () =>
      runningAgain(pool.query('SELECT id, balance FROM accounts ORDER BY id')),
    );
    return { status: 200, body: { accounts: result.rows } };
  });
}

async function within(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    return { status: 503, body: { error: 'gave up', retries: error.retries } };
  }
}

/** The level also of statements without a BEGIN: each of them is a transaction too. */
function levelled(url: string): string {
  const own = new URL(url);
  const level = isolation.toLowerCase().replace(' ', '\\ ');
  own.searchParams.set('options', `-c default_transaction_isolation=${level}`);
  return own.href;
}

function readTransfer(body: unknown): Transfer {
  const { id, from, to, amount } = (body ?? {}) as Record<string, unknown>;
  if (!isName(id) || !isName(from) || !isName(to))
    throw new BadRequest('id, from and to must be texts');
  if (from === to) throw new BadRequest('from and to must be two accounts');
  if (!isAmount(amount)) throw new BadRequest('amount must be a whole number from 1');
  return { id, from, to, amount };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** However much: nobody has more than PostgreSQL's integer, and who asks for it has too little. */
function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
