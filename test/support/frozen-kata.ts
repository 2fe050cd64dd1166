import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Lays down a kata from outside, `./frozen`, whose experiments are the lab's faults. */
export async function layDownFrozenKata(folder: string): Promise<void> {
  const kata = path.join(folder, 'frozen');
  await mkdir(path.join(kata, 'node'), { recursive: true });
  await writeFile(path.join(kata, 'kata.ts'), kataFile);
  await writeFile(path.join(kata, 'schema.sql'), schema);
  await writeFile(path.join(kata, 'node', 'main.js'), program);
}

/** `./disarming` lays hands on the lab's triggers. */
export const disarming =
  'ALTER TABLE accounts DISABLE TRIGGER USER; ALTER TABLE accounts ENABLE TRIGGER USER';

/** As the kata's own program, but it runs a statement of its own as it starts. */
export async function layDownHostileProgram(
  folder: string,
  name: string,
  attack: string,
): Promise<void> {
  const own = path.join(folder, name);
  await mkdir(own);
  const hostile = program.replace(
    '\nasync function',
    `await pool.query('${attack}');\n\nasync function`,
  );
  await writeFile(path.join(own, 'main.js'), hostile);
  await writeFile(path.join(own, 'implementation.json'), '{ "language": "node" }');
}

const schema = `
CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL);
INSERT INTO accounts VALUES (1, 1000), (2, 1000);
`;

const program = `
import { createServer } from 'node:http';
import pg from 'pg';

const { PORT, DATABASE_URL, PLAN_STRATEGY } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
pool.on('error', () => undefined);

async function transfer() {
  const client = await pool.connect();
  client.on('error', () => undefined);
  try {
    if (PLAN_STRATEGY === 'transaction') await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - 1 WHERE id = 1');
    await client.query('UPDATE accounts SET balance = balance + 1 WHERE id = 2');
    if (PLAN_STRATEGY === 'transaction') await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(error);
    throw error;
  }
}

const server = createServer(async (request, response) => {
  const answer = (status) => response.writeHead(status).end('{}');
  if (request.url === '/health') return answer(200);
  await transfer().then(() => answer(201), () => answer(503));
});
server.listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => pool.end());
  server.closeAllConnections();
});
`;

const kataFile = `
import { writeFileSync } from 'node:fs';
import { choice, defineKata, outsideContract, type ClientRequest, type Lab } from 'plan-backend-lab/kata';

const text = (words: string) => ({ en: words, es: words });

const transfer: ClientRequest = {
  process: 0,
  f: 'transfer',
  asked: {},
  method: 'POST',
  path: '/transfers',
  read: (answer) => {
    if (answer.status === 201) return { outcome: 'ok', value: {} };
    if (answer.status === 503) return { outcome: 'fail', value: { reason: 'unsure' } };
    return outsideContract(answer, '201 or 503');
  },
};

const faults: Record<string, (lab: Lab) => Promise<void>> = {
  async freeze(lab) {
    const program = await lab.start();
    const between = await lab.freeze({
      table: 'accounts',
      on: 'update',
      when: 'NEW.balance > OLD.balance',
    });
    const pending = lab.oneByOne(program, [transfer]);
    await between.reached();
    await program.kill();
    await between.abandon();
    await pending;
    const again = await lab.start();
    await lab.oneByOne(again, [transfer]);
    await again.stop();
  },

  async hold(lab) {
    const proxy = await lab.proxy('database');
    const program = await lab.start({ database: proxy });
    const commit = proxy.hold('to-server', { pattern: 'COMMIT' });
    const pending = lab.oneByOne(program, [transfer]);
    await commit.reached();
    commit.cut('rst');
    await pending;
    await lab.oneByOne(program, [transfer]);
    await program.stop();
  },

  async schedule(lab) {
    const program = await lab.start();
    const proxy = await lab.proxy(program);
    const at = lab.random.integer(8, 12);
    await lab.schedule(
      [
        { atRequest: at, what: 'delay', act: () => proxy.delay({ ms: 5, jitterMs: 3 }) },
        { atRequest: at + 20, what: 'heal', act: () => proxy.heal() },
        { atRequest: at + 30, what: 'cut', act: () => proxy.cut('rst') },
        { afterMs: 3_600_000, what: 'never', act: () => proxy.blackHole() },
      ],
      () =>
        lab.closed(proxy, {
          users: 4,
          requests: 80,
          next: (process) => ({ ...transfer, process }),
        }),
    );
    await program.stop();
  },

  async hang(lab) {
    const program = await lab.start();
    const point = await lab.freeze({ table: 'accounts', on: 'update' });
    void lab.oneByOne(program, [transfer]).catch(() => undefined);
    await point.reached();
    writeFileSync(process.env['PLAN_TEST_FROZEN'] ?? '', 'frozen');
    await lab.until('the test kills plan', () => false, 3_600_000);
  },
};

export const kata = defineKata({
  id: 'frozen',
  title: text('Frozen'),
  conditions: () => text('two accounts'),
  services: ['postgres'],
  languages: ['node'],
  strategies: { naive: text('two statements'), transaction: text('one transaction') },
  defaultStrategy: 'transaction',
  options: {
    fault: choice(['freeze', 'hold', 'schedule', 'hang'], {
      default: 'freeze',
      picksCase: true,
      help: text('what is done to it'),
    }),
  },
  lesson: [
    { strategy: 'naive', fault: 'freeze' },
    { strategy: 'transaction', fault: 'freeze' },
    { strategy: 'transaction', fault: 'hold' },
    { strategy: 'transaction', fault: 'schedule' },
  ],
  expect: (strategy) =>
    strategy === 'naive'
      ? { verdict: 'violated', by: 'money-is-conserved', with: [] }
      : { verdict: 'holds' },
  columns: [{ figure: 'total', head: text('total') }],
  async experiment(lab, { fault }) {
    await faults[fault]?.(lab);
    lab.note('final', await lab.database.query('SELECT id, balance FROM accounts ORDER BY id'));
  },
  check(history) {
    const [final] = history.notes<{ id: number; balance: number }[]>('final');
    const total = (final?.value ?? []).reduce((sum, { balance }) => sum + balance, 0);
    return {
      findings: [
        {
          invariant: 'money-is-conserved',
          rule: text('the total stays'),
          holds: total === 2000,
          witness: { story: text(\`the total is \${total}\`), lines: [final?.line ?? 1] },
        },
      ],
      coverage: [
        {
          condition: 'no-vain-wait',
          met: history.notes('awaited-in-vain').length === 0,
          story: text('the fault hit'),
        },
      ],
      figures: { total },
    };
  },
});
`;
