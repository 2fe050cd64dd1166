/**
 * What the experiment of kata 3 costs: the requests a second of its crowd (HTTP, the program, the
 * history, the lab's reads) against pgbench with the same statements in the same mix, on the same
 * server, in turn. pgbench comes with PostgreSQL (`apt-get install postgresql`). DATABASE_URL names
 * a server; PLAN_BENCH_ROUNDS and PLAN_BENCH_TRANSFERS make it longer.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshDatabase } from '../../src/services/postgres/fresh.js';
import { startServices, type RunningService } from '../../src/services/index.js';
import { queryOnce } from '../../src/services/postgres/connection.js';
import { makeDesk, repository, runJson, type Desk } from '../support/cli.js';
import { tellAs, tellRatio } from './kit/measure.js';
import { findPgbench, pgbench, type Script } from './kit/pgbench.js';

const users = 10;
/** Many, so that few wait for each other or are refused: what is measured is the way there. */
const accounts = 400;
const transfers = Number(process.env['PLAN_BENCH_TRANSFERS'] ?? 1_000);
const rounds = Number(process.env['PLAN_BENCH_ROUNDS'] ?? 5);
/** Four transfers, then a read of all accounts, as in the experiment. */
const requests = (transfers * 5) / 4;

/** The statements of katas/kata-3-bank-transfer/node/move.ts, in one transaction. */
const transfer = `
\\set low random(1, :accounts - 1)
\\set high random(:low + 1, :accounts)
\\set payer CASE WHEN random(0, 1) = 0 THEN :low ELSE :high END
\\set payee :low + :high - :payer
\\set amount random(1, 40)
\\set id random(1, 9000000000000)
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT (payer, payee, amount) = ('a-' || :payer::text, 'a-' || :payee::text, :amount::int) AS same
  FROM transfers WHERE id = 't-' || :id::text;
SELECT id FROM accounts WHERE id IN ('a-' || :payer::text, 'a-' || :payee::text);
UPDATE accounts SET balance = balance - :amount::int
  WHERE id = 'a-' || :payer::text AND balance >= :amount::int;
UPDATE accounts SET balance = balance + :amount::int WHERE id = 'a-' || :payee::text;
INSERT INTO transfers (id, payer, payee, amount)
  VALUES ('t-' || :id::text, 'a-' || :payer::text, 'a-' || :payee::text, :amount::int);
COMMIT;
`;
const read = 'SELECT id, balance FROM accounts ORDER BY id;\n';

const program = findPgbench();
if (program === undefined)
  process.stdout.write(
    '\nkata 3 against pgbench: left out, pgbench is missing (apt-get install postgresql)\n',
  );
else await withServer((server) => compare(program, server));

async function withServer(work: (server: RunningService) => Promise<void>): Promise<void> {
  const services = await startServices(['postgres'], {
    env: process.env,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  try {
    if (services.postgres) await work(services.postgres);
  } finally {
    await services.stopAll();
  }
}

async function compare(program: string, server: RunningService): Promise<void> {
  const desk = await makeDesk({ DATABASE_URL: server.url });
  try {
    await desk.plan('init');
    const scripts = await scriptsIn(desk.folder);
    const taken = await inTurn({
      pgbench: () => throughPgbench(program, server, scripts),
      Node: () => throughPlan(desk, 'node'),
      Go: () => throughPlan(desk, 'go'),
    });
    const { version, provider } = server.record;
    process.stdout.write(
      `\nKata 3, ${requests} requests of ${users} users, ${rounds} rounds, PostgreSQL ${version} (${provider})\n`,
    );
    for (const [name, rates] of Object.entries(taken))
      tellAs(`${name}, requests a second`, rates, '/s');
    for (const name of ['Node', 'Go'] as const)
      tellRatio(`${name} in the experiment / pgbench`, taken[name], taken.pgbench);
  } finally {
    await desk.remove();
  }
}

/** A B C A B C …; the first of each warms up. @returns the rates of each side */
async function inTurn<Name extends string>(
  sides: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (const name of names) await sides[name]();
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) taken[name].push(await sides[name]());
  return taken;
}

async function scriptsIn(folder: string): Promise<Script[]> {
  const [transferFile, readFile] = ['transfer.sql', 'read.sql'].map((name) =>
    path.join(folder, name),
  ) as [string, string];
  await writeFile(transferFile, transfer);
  await writeFile(readFile, read);
  return [
    { file: transferFile, weight: 4 },
    { file: readFile, weight: 1 },
  ];
}

async function throughPgbench(
  program: string,
  server: RunningService,
  scripts: readonly Script[],
): Promise<number> {
  const database = await freshDatabase(server, 'bench-transfer');
  try {
    const schema = path.join(repository, 'katas/kata-3-bank-transfer/schema.sql');
    await queryOnce(database.url, await readFile(schema, 'utf8'));
    await queryOnce(
      database.url,
      `INSERT INTO accounts SELECT 'a-' || n, 100 FROM generate_series(1, ${accounts}) AS n`,
    );
    const transactions = Math.ceil(requests / users);
    const task = { scripts, clients: users, transactions, variables: { accounts } };
    return await pgbench(program, { ...task, url: database.url });
  } finally {
    await database.drop();
  }
}

/** @returns requests a second of the crowd */
async function throughPlan(desk: Desk, language: string): Promise<number> {
  const { record, stderr } = await runJson(
    desk,
    ...['kata-3', '--strategy', 'transaction', '--fault', 'none', '--lang', language],
    ...['--think-ms', '0', '--users', `${users}`, '--accounts', `${accounts}`],
    ...['--transfers', `${transfers}`],
  );
  const [only] = record.cases;
  // Inconclusive is right here: with so many accounts hardly anybody meets anybody.
  if (!only?.latency || only.findings.some(({ holds }) => !holds))
    throw new Error(`${language}: ${only?.verdict ?? stderr}`);
  return only.latency.throughput;
}
