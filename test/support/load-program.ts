/** The load generator in a process of its own: `node program.mjs '{"url":…,"mode":…}'`. */
import { constantWorkload } from '../../src/lab/load/constant-workload.js';
import { generate, hostOf } from '../../src/lab/load/generate.js';
import type { LoadResult, Mode } from '../../src/lab/load/types.js';
import { seededRandom } from '../../src/kata/random.js';

type Seedless<M> = M extends { random: unknown } ? Omit<M, 'random'> : M;

export interface LoadTask {
  readonly url: string;
  readonly path?: string;
  readonly mode: Seedless<Mode>;
}

export interface LoadTaken extends LoadResult {
  /** Bytes. */
  readonly peakRss: number;
  readonly heapUsed: number;
}

const task = JSON.parse(process.argv[2] ?? '') as LoadTask;
const result = await generate({
  urls: [task.url],
  mode: { ...task.mode, random: seededRandom(1) } as Mode,
  workload: constantWorkload(hostOf(task.url), { method: 'GET', path: task.path ?? '/' }),
  timeoutMs: 20_000,
  signal: new AbortController().signal,
});
const taken: LoadTaken = {
  ...result,
  peakRss: process.resourceUsage().maxRSS * 1024,
  heapUsed: process.memoryUsage().heapUsed,
};
process.stdout.write(JSON.stringify(taken));
