import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lays down a kata of two roles from outside, `./shop`: `order` asks `payment` by HTTP, which
 * tells of what it took by an event, and then the order is confirmed. The references are in Node.
 */
export async function layDownSystemKata(folder: string): Promise<void> {
  const kata = path.join(folder, 'shop');
  await mkdir(kata);
  await writeFile(path.join(kata, 'kata.ts'), kataFile);
  for (const [role, schema] of Object.entries(schemas)) {
    await mkdir(path.join(kata, role, 'node'), { recursive: true });
    await writeFile(path.join(kata, role, 'schema.sql'), schema);
    await writeFile(path.join(kata, role, 'node', 'main.js'), programOf(role));
  }
}

/**
 * `./mine`, with one of the two alone: the learner's own payment.
 * @param how `curious` opens the database of its neighbour, `silent` tells of nothing, `vague` tells
 * it otherwise than agreed, `curt` answers less than agreed
 */
export async function layDownPayment(
  folder: string,
  how: 'right' | 'silent' | 'curious' | 'vague' | 'curt',
) {
  const own = path.join(folder, `mine-${how}`, 'payment');
  await mkdir(own, { recursive: true });
  const program = programOf('payment');
  const changed = {
    right: program,
    silent: program.replace(tells, ''),
    curious: curious(program),
    vague: program.replace(tells, vaguely),
    curt: program.replace('answer(201, body)', 'answer(201)'),
  };
  await writeFile(path.join(own, 'main.js'), changed[how]);
  await writeFile(path.join(own, 'implementation.json'), '{ "language": "node" }');
}

const tells =
  "channel.publish('events', 'PaymentAuthorized', Buffer.from(JSON.stringify(asked)), { persistent: true, messageId: asked.id });";

/** Tells a sum that is no number. */
const vaguely = tells.replace('asked))', "{ ...asked, amount: 'much' }))");

/** Says in its log how it fared with each database of the server that is not its own. */
function curious(program: string): string {
  return program.replace(
    '// ready',
    `const { rows } = await pool.query("SELECT datname FROM pg_database WHERE datname LIKE 'plan_%' AND datname <> current_database()");
    for (const { datname } of rows) {
      const url = new URL(process.env.DATABASE_URL);
      url.pathname = '/' + datname;
      const other = new pg.Client({ connectionString: url.href });
      console.log(datname.includes('order') ? 'order:' : 'other:', await other.connect().then(() => 'open', (error) => error.code));
      await other.end().catch(() => undefined);
    }`,
  );
}

const schemas = {
  order: 'CREATE TABLE orders (id text PRIMARY KEY, status text NOT NULL);',
  payment: 'CREATE TABLE payments (id text PRIMARY KEY);',
};

function programOf(role: string): string {
  return `
import { createServer } from 'node:http';
import pg from 'pg';
import amqp from 'amqplib';

const { PORT, DATABASE_URL, AMQP_URL, PAYMENT_URL, PLAN_STRATEGY } = process.env;
console.log('I am ${role}, ' + new URL(AMQP_URL).username.replace(/^plan_.*\\./, ''));
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
pool.on('error', () => undefined);
const connection = await amqp.connect(AMQP_URL);
const channel = await connection.createConfirmChannel();
// ready
const asked = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text);
};
const server = createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body ?? {}));
  if (request.url === '/health') return answer(200);
  await take(await asked(request)).then((body) => answer(201, body), () => answer(503));
});
${takes[role] ?? ''}
server.listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(async () => {
    await connection.close();
    await pool.end();
  });
  server.closeAllConnections();
});
`;
}

const takes: Readonly<Record<string, string>> = {
  order: `
async function take({ id }) {
  await pool.query("INSERT INTO orders VALUES ($1, 'PENDING')", [id]);
  const options = { method: 'POST', body: JSON.stringify({ id }) };
  const answer = await fetch(PAYMENT_URL + '/payments', options);
  if (answer.status !== 201) throw new Error('payment says ' + answer.status);
  return { id };
}
await channel.consume('order.events', async (message) => {
  const { id } = JSON.parse(message.content.toString());
  await pool.query("UPDATE orders SET status = 'CONFIRMED' WHERE id = $1", [id]);
  channel.ack(message);
});`,
  payment: `
async function take(asked) {
  await pool.query('INSERT INTO payments VALUES ($1)', [asked.id]);
  ${tells}
  await channel.waitForConfirms();
  return asked;
}`,
};

const kataFile = `
import { defineKata, finding, outsideContract, type ClientRequest, type History, type Lab } from 'plan-backend-lab/kata';

const text = (words: string) => ({ en: words, es: words });
const ids = ['o-1', 'o-2', 'o-3'];

const placing = (id: string): ClientRequest => ({
  process: 0,
  f: 'place',
  asked: { id },
  method: 'POST',
  path: '/orders',
  body: { id },
  read: (answer) => {
    if (answer.status === 201) return { outcome: 'ok', value: answer.json() };
    if (answer.status === 503) return { outcome: 'fail', value: { reason: 'no payment' } };
    return outsideContract(answer, '201 or 503');
  },
});

export default defineKata({
  id: 'shop',
  title: text('A shop of two services'),
  conditions: () => text('three orders'),
  services: ['postgres', 'rabbitmq'],
  strategies: { asking: text('asks by HTTP') },
  languages: ['node'],
  programs: {
    order: { title: text('Orders'), languages: ['node'], clientRoutes: ['POST /orders'], queue: 'order.events' },
    payment: { title: text('Payments'), languages: ['node'], routes: ['POST /payments'] },
  },
  messages: {
    PaymentAuthorized: { kind: 'event', from: 'payment', to: ['order'], exchange: 'events', body: { id: 'text', 'amount?': 'integer' } },
  },
  calls: {
    'POST /payments': { to: 'payment', body: { id: 'text' }, answers: { 201: { id: 'text' } } },
  },
  options: {},
  lesson: [{ strategy: 'asking' }],
  defaultStrategy: 'asking',
  expect: () => ({ verdict: 'holds' }),
  columns: [{ figure: 'confirmed', head: text('confirmed') }],

  async experiment(lab: Lab) {
    await lab.broker.declareExchange('events', 'topic');
    await lab.broker.declareQueue('order.events');
    await lab.broker.bindQueue('order.events', 'events', 'PaymentAuthorized');
    await lab.broker.declareQueue('seen');
    await lab.broker.bindQueue('seen', 'events', '#');
    const seen = await lab.broker.observe('seen');
    const payment = await lab.start('payment');
    const order = await lab.start('order');
    await lab.oneByOne(order, ids.slice(0, 1).map(placing));
    await payment.kill();
    await lab.oneByOne(order, [placing('o-lost')]);
    const again = await lab.start('payment');
    const freeze = await lab.role('payment').freeze({ table: 'payments', on: 'insert' });
    const placed = lab.burst(order, ids.slice(1).map(placing));
    await freeze.reached(2);
    await freeze.release();
    await placed;
    const { database } = lab.role('order');
    const confirmed = () => database.query("SELECT id FROM orders WHERE status = 'CONFIRMED' ORDER BY id");
    await lab.until('all are confirmed', async () => (await confirmed()).length === ids.length, 3_000);
    lab.note('confirmed', await confirmed());
    await lab.until('all were seen', () => seen.messages.length === ids.length, 3_000);
    await seen.stop();
    await order.stop();
    await again.stop();
  },

  check(history: History) {
    const [note] = history.notes<{ id: string }[]>('confirmed');
    const confirmed = note?.value.map(({ id }) => id) ?? [];
    const isRight = JSON.stringify(confirmed) === JSON.stringify(ids);
    const wrong = isRight ? undefined : { story: text(\`confirmed are \${confirmed}\`), lines: [note?.line ?? 1] };
    return {
      findings: [finding('confirmed', text('What was paid is confirmed, and nothing else.'), wrong)],
      coverage: [],
      figures: { confirmed: confirmed.length },
    };
  },
});
`;
