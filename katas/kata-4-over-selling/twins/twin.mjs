/**
 * An honest shop in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const { PORT, DATABASE_URL, PLAN_THINK_MS = '5' } = process.env;

export const port = Number(PORT);
export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
export const think = () => sleep(Number(PLAN_THINK_MS));

/** Commits what `work` did, or rolls it back when it throws. */
export async function transaction(work, isolation = 'READ COMMITTED') {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** @returns how many units there are, 0 for an unknown sku */
export async function read(client, { sku }, suffix = '') {
  const { rows } = await client.query(`SELECT quantity FROM stock WHERE sku = $1 ${suffix}`, [sku]);
  return rows[0]?.quantity ?? 0;
}

/** @returns how many units there were, or undefined where they were too few */
export async function take(client, { sku, quantity }) {
  const { rows } = await client.query(
    `UPDATE stock SET quantity = quantity - $2 WHERE sku = $1 AND quantity >= $2
      RETURNING quantity + $2 AS stock`,
    [sku, quantity],
  );
  return rows[0]?.stock;
}

/** @returns the id of the purchase */
export async function record(client, { sku, buyer, quantity }) {
  const { rows } = await client.query(
    'INSERT INTO purchases (sku, buyer, quantity) VALUES ($1, $2, $3) RETURNING id::text',
    [sku, buyer, quantity],
  );
  return rows[0].id;
}

/** The whole of it, done right. */
export function sell(order) {
  return transaction(async (client) => {
    const stock = await take(client, order);
    return stock === undefined
      ? soldOut(await read(client, order))
      : sold(await record(client, order), stock);
  });
}

export const sold = (id, stock) => ({ status: 201, body: { id, stock, retries: 0 } });
export const soldOut = (stock = 0) => ({
  status: 409,
  body: { error: 'sold out', stock, retries: 0 },
});

const noPurchase = { status: 400, body: { error: 'not a purchase' } };

function orderIn(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @param mostUnits what a column holds: for more, 400 is as good as 409 */
function isPurchase({ buyer, sku, quantity }, mostUnits = 2 ** 31 - 1) {
  const isWhole = Number.isInteger(quantity) && quantity >= 1 && quantity <= mostUnits;
  return typeof buyer === 'string' && typeof sku === 'string' && isWhole;
}

/**
 * @param purchase from an order to `{ status, body }`; a body that is a text is sent as it is,
 *   and undefined is no answer at all
 * @param own `health`: status of GET /health · `port`: another one · `headers`: of every answer ·
 *   `stop`: instead of draining · `isOrder`, `mostUnits`: what is a purchase
 */
export function serve(purchase, own = {}) {
  const { health = () => 200, headers = {}, stop = drain } = own;
  const { isOrder = (order) => isPurchase(order, own.mostUnits) } = own;
  const answerTo = (text, response) => {
    const order = orderIn(text);
    return isOrder(order) ? purchase(order, response) : noPurchase;
  };
  let underWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    response.on('close', () => (underWay -= 1));
    const answer =
      request.url === '/health'
        ? { status: health(), body: {} }
        : await answerTo(await textOf(request), response);
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  server.listen(own.port ?? port, '127.0.0.1');
  process.on('SIGTERM', () => stop(server, () => underWay === 0));
}

/** Requests are finished; connections without one are not waited for. */
async function drain(server, isIdle) {
  server.close();
  while (!isIdle()) await sleep(5);
  server.closeAllConnections();
  await pool.end();
  process.exit(0);
}

async function textOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
