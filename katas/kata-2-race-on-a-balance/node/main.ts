import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../../kit/node/environment.js';
import { BadRequest, run, type Reply } from '../../kit/node/serve.js';
import { atomic } from './atomic.js';
import type { Bank, Strategy } from './bank.js';
import { lock } from './lock.js';
import { none } from './none.js';
import { queue } from './queue.js';

const strategies = new Map<string, Strategy>(Object.entries({ none, lock, queue, atomic }));

const environment = readEnvironment();
const thinkMs = environment.integer('PLAN_THINK_MS', 1);

run({
  port: environment.port,
  open() {
    const name = environment.text('PLAN_STRATEGY', 'none');
    const strategy = strategies.get(name);
    if (!strategy) throw new Error(`there is no strategy "${name}"`);
    const bank = strategy(think);
    return Promise.resolve({
      routes: {
        'POST /accounts/{account}/deposits': (body, { account = '' }) =>
          change(bank, account, amountIn(body)),
        'POST /accounts/{account}/withdrawals': (body, { account = '' }) =>
          change(bank, account, -amountIn(body)),
        'GET /accounts/{account}': async (_body, { account = '' }) => ({
          status: 200,
          body: { balance: await bank.balanceOf(account) },
        }),
      },
      close: () => Promise.resolve(),
    });
  },
});

async function think(): Promise<void> {
  if (thinkMs > 0) await sleep(thinkMs);
}

async function change(bank: Bank, account: string, amount: number): Promise<Reply> {
  const { done, balance } = await bank.change(account, amount);
  return done
    ? { status: 200, body: { balance } }
    : { status: 409, body: { error: 'insufficient funds', balance } };
}

/** Sums of amounts up to this one stay exact for as long as anybody will wait. */
const most = 1_000_000_000;

function amountIn(body: unknown): number {
  const { amount } = (body ?? {}) as Record<string, unknown>;
  if (typeof amount === 'number' && Number.isInteger(amount) && amount >= 1 && amount <= most)
    return amount;
  throw new BadRequest(`amount must be a whole number from 1 to ${most}`);
}
