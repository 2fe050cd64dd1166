/**
 * An honest Orders service in parts: each twin takes what it needs and gets one thing wrong. It
 * shares nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import pg from 'pg';

const { PORT, DATABASE_URL, UPSTREAM_URL } = process.env;

export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

export async function store({ id, item }) {
  await pool.query('INSERT INTO orders (id, item) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
    id,
    item,
  ]);
}

export async function find(id) {
  const { rows } = await pool.query('SELECT id, item FROM orders WHERE id = $1', [id]);
  return rows[0];
}

export async function confirm(id, own = {}) {
  const { written = JSON.stringify({ order: id }), isYes = (status) => status === 200 } = own;
  const answer = await fetch(`${UPSTREAM_URL}/confirmations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: written,
  });
  await answer.text();
  if (!isYes(answer.status)) throw new Error(`not confirmed: ${answer.status}`);
}

/** What is kept under the id, whatever came with it this time. */
export const placed = async ({ id }) => ({ status: 201, body: await find(id) });
export const failed = { status: 500, body: { error: 'internal error' } };
const noOrder = { status: 400, body: { error: 'not an order' } };
const unknown = { status: 404, body: { error: 'unknown' } };

/** The whole of it, done right. */
export async function place(order) {
  await store(order);
  await confirm(order.id);
  return placed(order);
}

/** @param own what the twin does otherwise: `start`, `place`, `find`, `clientLeft`, `end`, … */
export async function serve(own = {}) {
  const nothing = () => undefined;
  const honest = { start: nothing, place, find, clientLeft: nothing, end: nothing };
  const parts = { http: {}, decode: decodeURIComponent, look: nothing, textOf, drain };
  const service = { ...honest, ...parts, ...own };
  await service.start();
  const answerTo = async (request) => {
    if (request.url === '/health') return { status: 200, body: {} };
    if (request.method === 'POST') {
      const order = orderIn(await service.textOf(request));
      await service.look(order);
      return isOrder(order) ? service.place(order) : noOrder;
    }
    const order = await service.find(service.decode(request.url.replace('/orders/', '')));
    return order ? { status: 200, body: order } : unknown;
  };
  let underWay = 0;
  const server = createServer(service.http, async (request, response) => {
    underWay += 1;
    response.on('close', () => {
      underWay -= 1;
      if (!response.writableFinished) service.clientLeft();
    });
    const { status, body } = await answerTo(request).catch((error) => {
      console.error(error);
      return failed;
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.listen(Number(PORT), '127.0.0.1');
  process.on('SIGTERM', async () => {
    await service.drain(server, () => underWay === 0);
    await service.end();
    await pool.end();
    process.exit(0);
  });
}

/** Requests are finished; connections without one are not waited for. */
async function drain(server, isIdle) {
  server.close();
  while (!isIdle()) await new Promise((resolve) => setTimeout(resolve, 5));
  server.closeAllConnections();
}

function orderIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOrder(order) {
  return typeof order?.id === 'string' && typeof order.item === 'string';
}

export async function textOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
