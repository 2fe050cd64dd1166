import { databaseTarget } from '../../../src/lab/faults/proxy/target.js';
import { freshDatabase } from '../../../src/services/postgres/fresh.js';
import { startServices } from '../../../src/services/index.js';
import { holdToLeast, interleave, tell, tellRatio } from './measure.js';
import { measureApart, measureHere, prepare, traffics, type Traffic } from './postgres-traffic.js';

interface Between {
  readonly name: string;
  /** The benchmark's own file: its client is a process of its own that begins there again. */
  readonly file: string;
  readonly start: (
    to: ReturnType<typeof databaseTarget>,
  ) => Promise<{ readonly url: string; stop(): Promise<void> }>;
}

const ofDirect = 0.6;
const { signal } = new AbortController();
const quiet = { onProgress: () => undefined, onNotice: () => undefined };

/** The same work on PostgreSQL directly and through what stands between, in turn. */
export async function againstDirect(between: Between): Promise<void> {
  const task = process.argv[2];
  if (task === undefined) return compare(between);
  process.send?.(await measureHere(JSON.parse(task) as { url: string; traffic: Traffic }));
  process.disconnect();
}

async function compare(between: Between): Promise<void> {
  const services = await startServices(['postgres'], { env: process.env, signal, ...quiet });
  try {
    const { postgres } = services;
    if (postgres === undefined) throw new Error('no PostgreSQL');
    const database = await freshDatabase(postgres, `bench-${between.name}`);
    try {
      await prepare(database.url);
      for (const traffic of Object.keys(traffics) as Traffic[])
        await one(between, database.url, traffic);
    } finally {
      await database.drop();
    }
  } finally {
    await services.stopAll();
  }
}

async function one({ name, file, start }: Between, url: string, traffic: Traffic): Promise<void> {
  const between = await start(databaseTarget(url, false));
  try {
    const samples = await interleave(10, {
      direct: () => measureApart(file, url, traffic),
      between: () => measureApart(file, between.url, traffic),
    });
    tell(traffic, { direct: samples.direct, [`through the ${name}`]: samples.between });
    const ratio = tellRatio(`speed, ${name} / direct`, samples.direct, samples.between);
    holdToLeast(`${traffic}, ${name} / direct`, ratio, ofDirect);
  } finally {
    await between.stop();
  }
}
