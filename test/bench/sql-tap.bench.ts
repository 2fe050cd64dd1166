/**
 * What the tap on PostgreSQL costs that `plan run --explain` listens with: the same work directly and
 * through it, in turn. The client is a process of its own, the tap runs in this one, as in `plan`.
 * DATABASE_URL names a server; otherwise one is started. PLAN_BENCH_ROUNDS makes it longer.
 */
import { fileURLToPath } from 'node:url';
import { databaseTarget } from '../../src/lab/faults/proxy/target.js';
import { freshDatabase } from '../../src/services/postgres/fresh.js';
import { startSqlTap } from '../../src/services/postgres/tap/tap.js';
import { startServices } from '../../src/services/index.js';
import { holdToLeast, interleave, tell, tellRatio } from './kit/measure.js';
import {
  measureApart,
  measureHere,
  prepare,
  traffics,
  type Traffic,
} from './kit/postgres-traffic.js';

const ofDirect = 0.6;
const { signal } = new AbortController();
const quiet = { onProgress: () => undefined, onNotice: () => undefined };

const task = process.argv[2];
if (task !== undefined) {
  const asked = JSON.parse(task) as { url: string; traffic: Traffic };
  process.send?.(await measureHere(asked));
  process.disconnect();
} else await compare();

async function compare(): Promise<void> {
  const services = await startServices(['postgres'], { env: process.env, signal, ...quiet });
  try {
    const { postgres } = services;
    if (postgres === undefined) throw new Error('no PostgreSQL');
    const database = await freshDatabase(postgres, 'bench-tap');
    try {
      await prepare(database.url);
      for (const traffic of Object.keys(traffics) as Traffic[]) await one(database.url, traffic);
    } finally {
      await database.drop();
    }
  } finally {
    await services.stopAll();
  }
}

async function one(url: string, traffic: Traffic): Promise<void> {
  const told: string[] = [];
  const tap = await startSqlTap(databaseTarget(url, false), {
    numbers: { statements: 0, transactions: 0, sessions: 0 },
    now: () => Math.round(performance.now() * 1000),
    tell: (event) => {
      // As for the file that a run leaves.
      told[told.length % 10_000] = JSON.stringify(event);
    },
  });
  const file = fileURLToPath(import.meta.url);
  try {
    const samples = await interleave(10, {
      direct: () => measureApart(file, url, traffic),
      'through the tap': () => measureApart(file, tap.url, traffic),
    });
    tell(traffic, samples);
    const ratio = tellRatio('speed, tap / direct', samples.direct, samples['through the tap']);
    holdToLeast(`${traffic}, tap / direct`, ratio, ofDirect);
  } finally {
    await tap.stop();
  }
}
