/**
 * An honest till in parts: each twin takes what it needs and gets one thing wrong. It shares
 * nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import pg from 'pg';

const { PORT, DATABASE_URL, PLAN_KEY_TTL_MS } = process.env;

export const ttlMs = Number(PLAN_KEY_TTL_MS);
export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 15 });
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));

/** Commits what `work` did, or rolls it back when it throws. */
export async function transaction(work) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query('BEGIN');
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

export const problem = (status, title) => ({ status, body: { title, status } });
export const inProgress = problem(409, 'In progress');
export const otherPayload = problem(422, 'Another payload');
export const receipt = (id, { order, amount }) => ({ status: 201, body: { id, order, amount } });

/** @returns the decline, or undefined */
export async function declined(client, payment) {
  const { rows } = await client.query('SELECT max_amount FROM limits WHERE client = $1', [
    payment.client,
  ]);
  return rows[0]?.max_amount < payment.amount
    ? problem(402, `Declined: over ${rows[0].max_amount}`)
    : undefined;
}

export async function charge(client, payment, id) {
  const decline = await declined(client, payment);
  if (decline) return decline;
  const { rows } = await client.query(
    `INSERT INTO charges (id, client, order_id, amount)
     VALUES (coalesce($4, nextval('charges_id_seq')), $1, $2, $3) RETURNING id::text`,
    [payment.client, payment.order, payment.amount, id],
  );
  return receipt(rows[0].id, payment);
}

export const isAmount = (amount) => Number.isInteger(amount) && amount >= 1;

/** What the twins change. A payment is `{ client, key, order, amount }`. */
export const honest = {
  keyOf: (header) => header?.replace(/^"(.*)"$/, '$1'),
  ownerOf: ({ client }) => client,
  fingerprintOf: ({ order, amount }) => `${order} ${amount}`,
  ttlMs,
  lock: async (client, { client: owner, key }) => {
    const { rows } = await client.query(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7)) AS mine',
      [`${owner} ${key}`],
    );
    return rows[0].mine;
  },
  charge,
  replay: ({ status, body }) => ({ status, body: JSON.parse(body) }),
  readBody: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
  clientOf: (header) => header,
  isPayment: ({ order, amount }) => typeof order === 'string' && isAmount(amount),
  refused: async () => undefined,
  failed: async () => undefined,
};

/** The key that has not expired, if it is there. */
export async function find(client, payment, own = honest) {
  const { rows } = await client.query(
    `SELECT fingerprint, status, body FROM idempotency_keys
      WHERE client = $1 AND key = $2 AND created_at > clock_timestamp() - $3 * interval '1 ms'
      ORDER BY created_at DESC LIMIT 1`,
    [own.ownerOf(payment), payment.key, own.ttlMs],
  );
  return rows[0];
}

export async function store(client, payment, { status, body }, own = honest) {
  await client.query(
    `INSERT INTO idempotency_keys (client, key, fingerprint, status, body)
     VALUES ($1, $2, $3, $4, $5)`,
    [
      ...[own.ownerOf(payment), payment.key, own.fingerprintOf(payment)],
      ...[status, JSON.stringify(body)],
    ],
  );
}

/** The whole of it, done right but for what is changed. */
export function payWith(changed = {}) {
  const own = { ...honest, ...changed };
  return (payment) =>
    transaction(async (client) => {
      if (!(await own.lock(client, payment))) return inProgress;
      const stored = await find(client, payment, own);
      if (stored)
        return stored.fingerprint === own.fingerprintOf(payment)
          ? own.replay(stored)
          : otherPayload;
      const answer = await own.charge(client, payment);
      await store(client, payment, answer, own);
      return answer;
    });
}

/**
 * @param own what of `honest` is changed; `pay`: all of it at once; `prepare`: before the first
 *   request; `drain`: on SIGTERM
 */
export async function serve(own = {}) {
  const { keyOf, clientOf, readBody, isPayment, refused, failed } = { ...honest, ...own };
  const pay = own.pay ?? payWith(own);
  await own.prepare?.();
  const answerTo = async (request, response) => {
    if (request.url === '/health') return { status: 200, body: {} };
    const key = keyOf(request.headers['idempotency-key']);
    const client = clientOf(request.headers['client-id']);
    const payment = { client, key, ...readBody(await textOf(request)) };
    if (!key || !client) return problem(400, 'Idempotency-Key and Client-Id are needed');
    if (!isPayment(payment)) return (await refused(payment)) ?? problem(400, 'No payment');
    try {
      return await pay(payment, response);
    } catch (error) {
      console.error(error);
      return (await failed(payment)) ?? problem(503, 'Not now');
    }
  };
  const server = createServer(async (request, response) => {
    const { status, body } = await answerTo(request, response);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type });
    response.end(JSON.stringify(body));
  });
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
