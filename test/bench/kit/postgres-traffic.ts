import { fork } from 'node:child_process';
import pg from 'pg';

/** What programs of katas and learners send to PostgreSQL. */
export const traffics = {
  'transactions, 8 connections': { connections: 8, times: 400, run: transfer },
  'single SELECTs, 8 connections': { connections: 8, times: 1500, run: one },
  'single SELECTs, 1 connection': { connections: 1, times: 3000, run: one },
  '1,000 rows each, 8 connections': { connections: 8, times: 150, run: many },
} as const;

export type Traffic = keyof typeof traffics;

export async function prepare(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`
    DROP TABLE IF EXISTS bench;
    CREATE TABLE bench (id int PRIMARY KEY, balance bigint NOT NULL, note text NOT NULL);
    INSERT INTO bench SELECT n, 1000, repeat('x', 40) FROM generate_series(1, 1000) AS n`);
  await client.end();
}

/** In a process of its own, as programs are. @returns milliseconds, connecting left out */
export function measureApart(file: string, url: string, traffic: Traffic): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(file, [JSON.stringify({ url, traffic })], { stdio: 'inherit' });
    let took: number | undefined;
    child.once('message', (ms: number) => (took = ms));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (took === undefined) reject(new Error(`the client ended with ${code}`));
      else resolve(took);
    });
  });
}

export async function measureHere({ url, traffic }: { url: string; traffic: Traffic }) {
  const { connections, times, run } = traffics[traffic];
  const clients = Array.from({ length: connections }, () => new pg.Client(url));
  for (const client of clients) await client.connect();
  const began = performance.now();
  await Promise.all(
    clients.map(async (client, n) => {
      for (let time = 0; time < times; time += 1) await run(client, n * times + time);
    }),
  );
  const took = performance.now() - began;
  for (const client of clients) await client.end();
  return took;
}

async function transfer(client: pg.Client, n: number): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT balance FROM bench WHERE id = $1', [(n % 500) + 1]);
  await client.query('UPDATE bench SET balance = balance - 1 WHERE id = $1', [(n % 500) + 1]);
  await client.query('UPDATE bench SET balance = balance + 1 WHERE id = $1', [(n % 500) + 501]);
  await client.query('COMMIT');
}

async function one(client: pg.Client, n: number): Promise<void> {
  await client.query('SELECT balance FROM bench WHERE id = $1', [(n % 1000) + 1]);
}

async function many(client: pg.Client): Promise<void> {
  await client.query('SELECT * FROM bench');
}
