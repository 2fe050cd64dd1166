/**
 * An honest bank in parts: each twin takes what it needs and gets one thing wrong. It shares nothing
 * with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { PORT, PLAN_THINK_MS = '1' } = process.env;

export const think = () => sleep(Number(PLAN_THINK_MS));

/** Balances by account. */
export const balances = new Map();
export const balanceOf = (account) => balances.get(account) ?? 0;

const tails = new Map();

/** Runs the work once everybody who came before to this account has finished theirs. */
export function locked(account, work) {
  const mine = (tails.get(account) ?? Promise.resolve()).then(work);
  tails.set(account, mine);
  return mine;
}

export const signed = ({ kind, amount }) => (kind === 'withdrawal' ? -amount : amount);
export const done = (balance) => ({ status: 200, body: { balance } });
export const refused = (balance) => ({
  status: 409,
  body: { error: 'insufficient funds', balance },
});

/** The whole of it, done right. `kind` is deposit, withdrawal or read; a read has amount 0. */
export function right(order) {
  return locked(order.account, () => unlocked(order));
}

/** Right where nobody else is there. */
export async function unlocked(order) {
  const before = balanceOf(order.account);
  if (order.kind !== 'read') await think();
  const after = before + signed(order);
  if (after < 0) return refused(before);
  balances.set(order.account, after);
  return done(after);
}

/**
 * @param act from an order to `{ status, body }`; undefined is no answer at all
 * @param amountOf from a body and an account to the amount; undefined where it is none
 */
export function serve(act, amountOf = amountIn) {
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request, act, amountOf);
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  server.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 1024 });
  // All requests are answered when the experiment stops a program: nothing is left to wait for.
  process.on('SIGTERM', () => process.exit(0));
}

async function answerTo(request, act, amountOf) {
  if (request.url === '/health') return { status: 200, body: {} };
  const order = await orderIn(request, amountOf);
  return order ? act(order) : { status: 400, body: { error: 'no amount' } };
}

/** Undefined where the body is none. */
async function orderIn(request, amountOf) {
  const [, , account, kinds = 'reads'] = request.url.split('/');
  let text = '';
  for await (const part of request) text += part;
  const kind = kinds.replace(/s$/, '');
  const amount = kind === 'read' ? 0 : await amountOf(text, account);
  return amount === undefined ? undefined : { account, kind, amount };
}

export function amountIn(text) {
  try {
    const amount = JSON.parse(text)?.amount;
    return Number.isInteger(amount) && amount >= 1 && amount <= 1e9 ? amount : undefined;
  } catch {
    return undefined;
  }
}
