/**
 * An honest view in parts: each twin takes what it needs and gets one thing wrong. It shares nothing
 * with katas/kit, so that a fault there is not in the twins too: a transaction an event, the version
 * compared here and not by the database, tokens that are looked up again and again.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';
import pg from 'pg';

const { PORT, DATABASE_URL, AMQP_URL, PLAN_WAIT_MS, PLAN_WHEN_CUT } = process.env;
export const waitMs = Number(PLAN_WAIT_MS);
export const whenCut = PLAN_WHEN_CUT;
export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 6 });
pool.on('error', () => undefined);
pool.on('connect', (client) => client.on('error', () => undefined));

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

export const one = async (on, sql, ...values) => (await on.query(sql, values)).rows[0];

// What is folded

const statuses = { OrderCreated: 'OPEN', OrderChanged: 'OPEN', OrderCancelled: 'CANCELLED' };

/** Undefined of what is no event of an order. */
export function readEvent({ fields, properties, content }) {
  const status = statuses[fields.routingKey];
  if (!status) return undefined;
  try {
    const { order, version, customer, amount } = JSON.parse(content.toString());
    const isEvent = typeof order === 'string' && Number.isInteger(version) && amount > 0;
    const { messageId } = properties;
    return isEvent && { id: order, version, customer, amount, status, messageId };
  } catch {
    return undefined;
  }
}

export const write = (tx, { id, customer, version, status, amount }) =>
  tx.query(
    `INSERT INTO orders (id, customer, version, status, amount) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET version = $3, status = $4, amount = $5`,
    [id, customer, version, status, amount],
  );

export const versionOf = async (on, id) =>
  (await one(on, 'SELECT version FROM orders WHERE id = $1', id))?.version ?? 0;

export async function project(tx, event) {
  if (event.version > (await versionOf(tx, event.id))) await write(tx, event);
}

export const nextOf = async (on) => {
  const row = await one(on, `SELECT next FROM position WHERE stream = 'view'`);
  return row && Number(row.next);
};

export const place = (on, next) =>
  on.query(
    `INSERT INTO position (stream, next) VALUES ('view', $1)
     ON CONFLICT (stream) DO UPDATE SET next = $1`,
    [next],
  );

/** Effect and place in one transaction. */
export const foldWith =
  (projecting = project) =>
  (event, next) =>
    transaction(async (tx) => {
      if (event) await projecting(tx, event);
      await place(tx, next);
    });

// What is shown

export const ordersOf = async (customer) =>
  (
    await pool.query('SELECT id, version, status, amount FROM orders WHERE customer = $1', [
      customer,
    ])
  ).rows;

export const summaryOf = async (customer) => {
  const open = (await ordersOf(customer)).filter(({ status }) => status === 'OPEN');
  return { orders: open.length, total: open.reduce((sum, { amount }) => sum + amount, 0) };
};

/** Looks until it is there or the time is over. */
export async function comes(token, forMs = waitMs) {
  const [, id, version] = /^(.+)@(\d+)$/.exec(token) ?? [];
  const until = performance.now() + forMs;
  for (;;) {
    if ((await versionOf(pool, id)) >= Number(version)) return true;
    if (performance.now() >= until) return false;
    await sleep(15);
  }
}

// What the view knows of itself

const state = { isConsuming: false, isCurrent: false, lostAt: undefined };

/** Undefined where it never had everything. */
export const ageMs = () => {
  if (state.isCurrent) return 0;
  return state.lostAt && Math.ceil(performance.now() - state.lostAt);
};

export const mayShow = () => ageMs() === 0 || (ageMs() !== undefined && whenCut === 'stale');

function lost() {
  if (state.isCurrent) state.lostAt = performance.now();
  state.isConsuming = false;
  state.isCurrent = false;
}

let closing = false;
/** Requests that are still to be answered. */
const underWay = new Set();
let working = Promise.resolve();

async function follow(how) {
  const { fold, from, read, listens } = how;
  while (!closing) {
    try {
      const connection = await amqp.connect(AMQP_URL, { noDelay: true, timeout: 2_000 });
      connection.on('error', () => undefined);
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      let isOpen = true;
      const closed = new Promise((resolve) => channel.once('close', resolve)).then(() => {
        isOpen = false;
        lost();
      });
      await channel.prefetch(40);
      const mark = randomUUID();
      await working;
      const hear = async (message) => {
        const next = Number(message.properties.headers['x-stream-offset']) + 1;
        const isMark = message.properties.messageId === mark;
        for (let isDone = false; !isDone && isOpen && !closing;)
          isDone = await fold(isMark ? undefined : read(message), next).then(
            () => true,
            (error) => {
              process.stderr.write(`${error.stack}\n`);
              return sleep(50);
            },
          );
        if (!isOpen || closing) return;
        if (isMark) state.isCurrent = true;
        channel.ack(message);
      };
      const take = (message) => {
        if (message) working = working.then(() => hear(message)).catch(() => undefined);
        else if (how.hearsOfCancel) void connection.close().catch(() => undefined);
      };
      await channel.consume('view', take, { arguments: { 'x-stream-offset': await from() } });
      state.isConsuming = true;
      listens?.(channel);
      channel.sendToQueue('view', Buffer.from('"mark"'), { messageId: mark, persistent: true });
      await closed;
      await connection.close().catch(() => undefined);
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
    }
    await sleep(50);
  }
}

/** Where the last one stopped, or at the beginning. */
export const fromPlace = async () => (await nextOf(pool)) ?? 'first';

const honest = {
  hearsOfCancel: true,
  fold: foldWith(),
  from: fromPlace,
  read: readEvent,
  ...{ ordersOf, summaryOf, comes, mayShow, ageMs },
};

/** @param {object} [parts] what is otherwise */
export function view(parts) {
  const how = { ...honest, ...parts };
  const no = (error) => [503, { error }];
  const routes = async ({ url, headers }) => {
    const found = /^\/customers\/([^/]+)\/(orders|summary)$/.exec(url);
    if (!found) return [404, {}];
    const customer = decodeURIComponent(found[1]);
    const { 'x-token': token, 'x-reader': reader } = headers;
    if (token === undefined) await how.makesSure?.();
    if (!how.mayShow({ token })) return no('not complete, or cut off');
    if (token !== undefined && !(await how.comes(token))) return no('it did not come');
    const age = how.ageMs();
    if (!how.mayShow({ token })) return no('not complete, or cut off');
    const answer =
      found[2] === 'orders'
        ? { orders: await how.ordersOf(customer, { token, reader }) }
        : await how.summaryOf(customer);
    return [200, { customer, ...answer, ageMs: age }];
  };
  void (how.follow ?? follow)(how);
  const server = createServer(async (request, response) => {
    const answer = async () =>
      request.url === '/health' ? [state.isConsuming ? 200 : 503, {}] : routes(request);
    const sent = new Promise((resolve) => response.once('close', resolve));
    underWay.add(sent);
    void sent.then(() => underWay.delete(sent));
    const [status, value] = await answer().catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      return [500, { error: error.message }];
    });
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(closing && { connection: 'close' }),
    });
    response.end(JSON.stringify(value));
  });
  server.listen({ port: Number(PORT), host: '127.0.0.1' });
  process.on('SIGTERM', async () => {
    closing = true;
    server.close();
    server.closeIdleConnections();
    await Promise.race([Promise.all([working, ...underWay]), sleep(4_000)]);
    process.exit(0);
  });
}
