/**
 * What the lab's TCP proxy costs on PostgreSQL traffic: the same work directly and through it, in
 * turn. The client is a process of its own, the proxy runs in this one, as in `plan`. DATABASE_URL
 * names a server; otherwise one is started. PLAN_BENCH_ROUNDS makes it longer.
 */
import { fileURLToPath } from 'node:url';
import { FaultLog } from '../../src/lab/faults/log.js';
import { startProxy } from '../../src/lab/faults/proxy/proxy.js';
import { databaseTarget } from '../../src/lab/faults/proxy/target.js';
import { seededRandom } from '../../src/kata/random.js';
import { Recorder } from '../../src/history/recorder.js';
import { freshDatabase } from '../../src/services/postgres/fresh.js';
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
  const services = await startServices(['postgres'], {
    env: process.env,
    signal,
    ...quiet,
  });
  try {
    const { postgres } = services;
    if (postgres === undefined) throw new Error('no PostgreSQL');
    const database = await freshDatabase(postgres, 'bench-proxy');
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
  const recorder = new Recorder(0);
  const proxy = await startProxy(databaseTarget(url, false), {
    ...{ recorder, signal, log: new FaultLog(recorder), random: seededRandom(1) },
  });
  const file = fileURLToPath(import.meta.url);
  try {
    const samples = await interleave(10, {
      direct: () => measureApart(file, url, traffic),
      'through the proxy': () => measureApart(file, proxy.url, traffic),
    });
    tell(traffic, samples);
    const ratio = tellRatio('speed, proxy / direct', samples.direct, samples['through the proxy']);
    holdToLeast(`${traffic}, proxy / direct`, ratio, ofDirect);
  } finally {
    await proxy.stop();
  }
}
