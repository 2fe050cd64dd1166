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

export async function confirm(id) {
  const answer = await fetch(`${UPSTREAM_URL}/confirmations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order: id }),
  });
  await answer.text();
  if (!answer.ok) throw new Error(`not confirmed: ${answer.status}`);
}

export const placed = (order) => ({ status: 201, body: order });
export const failed = { status: 500, body: { error: 'internal error' } };

/** The whole of it, done right. */
export async function place(order) {
  await store(order);
  await confirm(order.id);
  return placed(order);
}

/** @param own what the twin does otherwise: `start`, `place`, `find`, `clientLeft`, `end` */
export async function serve(own = {}) {
  const nothing = () => undefined;
  const honest = { start: nothing, place, find, clientLeft: nothing, end: nothing };
  const service = { ...honest, ...own };
  await service.start();
  const answerTo = async (request) => {
    if (request.url === '/health') return { status: 200, body: {} };
    if (request.method === 'POST') return service.place(JSON.parse(await textOf(request)));
    const order = await service.find(request.url.replace('/orders/', ''));
    return order ? { status: 200, body: order } : { status: 404, body: { error: 'unknown' } };
  };
  const server = createServer(async (request, response) => {
    response.on('close', () => {
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
    server.close();
    server.closeAllConnections();
    await service.end();
    await pool.end();
    process.exit(0);
  });
}

async function textOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
