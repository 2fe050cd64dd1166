/**
 * An honest bank in parts: each twin takes what it needs and gets one thing wrong. It shares nothing
 * with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const { PORT, DATABASE_URL, PLAN_THINK_MS = '5', PLAN_RETRIES = '100' } = process.env;

export const url = DATABASE_URL;
export const think = () => sleep(Number(PLAN_THINK_MS));
export const limit = Number(PLAN_RETRIES);

/** @param heard false: an error of a connection in use ends the process, as it does unasked */
export function poolOf({ heard = true, ...options } = {}) {
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, ...options });
  if (!heard) return pool;
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export const pool = poolOf();

/** Commits what `work` did, or rolls it back when it throws. */
export async function transaction(work, isolation = 'READ COMMITTED', from = pool) {
  const client = await from.connect();
  let broken;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((reason) => (broken = reason));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Deadlocks, serialization failures, an id that was faster, connections that broke. */
export const isTransient = ({ code = '' }) =>
  !/^[0-9A-Z]{5}$/.test(code) || /^(40001|40P01|23505|08|57P)/.test(code);

/** Runs it again while it loses; a 503 once the retries are used up. */
export async function retried(work, isAgain = isTransient) {
  for (let retries = 0; ; retries += 1) {
    try {
      const { status, body } = await work(retries);
      return { status, body: { ...body, retries } };
    } catch (error) {
      if (!isAgain(error)) throw error;
      if (retries >= limit) return { status: 503, body: { error: 'gave up', retries } };
      await sleep(Math.random() * Math.min(50, 2 * 2 ** retries));
    }
  }
}

/** @returns the answer to an id that was done before, or undefined */
export async function recorded(client, { id, from, to, amount }) {
  const { rows } = await client.query('SELECT * FROM transfers WHERE id = $1', [id]);
  const [row] = rows;
  if (!row) return undefined;
  const isSame = row.payer === from && row.payee === to && row.amount === amount;
  return isSame ? done({ id }) : { status: 422, body: { error: 'id-reused' } };
}

export async function bothExist(client, { from, to }) {
  const { rowCount } = await client.query('SELECT id FROM accounts WHERE id IN ($1, $2)', [
    from,
    to,
  ]);
  return rowCount === 2;
}

/** @returns whether there was enough */
export async function debit(client, { from, amount }) {
  const { rowCount } = await client.query(
    'UPDATE accounts SET balance = balance - $2 WHERE id = $1 AND balance >= $2',
    [from, amount],
  );
  return rowCount === 1;
}

export const credit = (client, { to, amount }) =>
  client.query('UPDATE accounts SET balance = balance + $2 WHERE id = $1', [to, amount]);

export const record = (client, { id, from, to, amount }) =>
  client.query('INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4)', [
    id,
    from,
    to,
    amount,
  ]);

/** The whole of it, done right, on a connection with a transaction. */
export async function move(client, wanted, own = {}) {
  const steps = { recorded, bothExist, debit, credit, record, ...own };
  const before = await steps.recorded(client, wanted);
  if (before) return before;
  if (!(await steps.bothExist(client, wanted))) return unknown();
  if (!(await steps.debit(client, wanted)))
    return (await steps.recorded(client, wanted)) ?? insufficient();
  await think();
  await steps.credit(client, wanted);
  await steps.record(client, wanted);
  return done(wanted);
}

export const transfer = (wanted, own) => retried(() => transaction((tx) => move(tx, wanted, own)));

export const done = ({ id }) => ({ status: 201, body: { id, retries: 0 } });
export const insufficient = () => ({
  status: 409,
  body: { error: 'insufficient-funds', retries: 0 },
});
export const unknown = () => ({ status: 404, body: { error: 'unknown-account', retries: 0 } });

export async function accounts() {
  const { rows } = await pool.query('SELECT id, balance FROM accounts ORDER BY id');
  return { status: 200, body: { accounts: rows } };
}

const isPayable = ({ from, to, amount }) => from !== to && Number.isInteger(amount) && amount >= 1;
/** PostgreSQL's integer ends at 2^31 − 1. */
const isTooMuch = ({ amount }) => amount > 2 ** 31 - 1;
const noTransfer = () => ({ status: 400, body: { error: 'this is no transfer' } });

/**
 * @param make from a transfer to `{ status, body }`
 * @param own `accounts`: of GET /accounts; `drain`: on SIGTERM; `isTransfer`: whether it is one that can be made; `tooMuch`:
 *   of an amount that no account can hold
 */
export function serve(make, { isTransfer = isPayable, tooMuch = insufficient, ...own } = {}) {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request).catch((error) => {
      console.error(error);
      return { status: 500, body: { error: 'internal error' } };
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const answer = async (request) => {
    if (request.url === '/health') return { status: 200, body: {} };
    if (request.url === '/accounts') return (own.accounts ?? accounts)();
    const wanted = JSON.parse(await textOf(request));
    if (!isTransfer(wanted)) return noTransfer();
    return isTooMuch(wanted) ? tooMuch(wanted) : make(wanted);
  };
  server.listen(Number(PORT), '127.0.0.1');
  process.on('SIGTERM', () => (own.drain ?? drain)(server));
}

/** What is under way is finished; a connection without a request is closed. */
async function drain(server) {
  const closing = setInterval(() => server.closeIdleConnections(), 20);
  await new Promise((closed) => server.close(closed));
  clearInterval(closing);
  await pool.end();
  process.exit(0);
}

async function textOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
