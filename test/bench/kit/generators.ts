import { execa } from 'execa';
import { generate, hostOf } from '../../../src/lab/load/generate.js';
import { constantWorkload } from '../../../src/lab/load/constant-workload.js';

export interface Taken {
  /** Answers a second. */
  readonly throughput: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

export interface Task {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

const timeoutMs = 20_000;

/** Ours, in a process of its own like the others: this program is started again as `taskOf` reads it. */
export async function ours(task: Task): Promise<Taken> {
  const words = [process.argv[1] ?? '', 'generate', JSON.stringify(task)];
  const { stdout } = await execa(process.execPath, words);
  return JSON.parse(stdout) as Taken;
}

export function taskOf(words: readonly string[]): Task | undefined {
  return words[2] === 'generate' ? (JSON.parse(words[3] ?? '') as Task) : undefined;
}

export async function runOurs({ url, connections, seconds }: Task): Promise<Taken> {
  const { measured } = await generate({
    urls: [url],
    timeoutMs,
    workload: constantWorkload(hostOf(url), { method: 'GET', path: '/' }),
    mode: { kind: 'closed', concurrency: connections, stop: { durationMs: seconds * 1000 } },
    signal: new AbortController().signal,
  });
  const { latency, problems } = measured;
  return {
    throughput: latency?.throughput ?? 0,
    p50: latency?.p50 ?? Number.NaN,
    p99: latency?.p99 ?? Number.NaN,
    errors: problems.timeout + problems.connection + problems.contract,
  };
}

/** One thread, like ours. */
export async function wrk({ url, connections, seconds }: Task): Promise<Taken> {
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', '--latency', url];
  const { stdout } = await execa('wrk', words);
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(
    stdout,
  );
  return {
    throughput: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(stdout)?.[1]),
    p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(stdout)?.[1]),
    errors: (errors?.slice(1) ?? []).reduce((sum, count) => sum + Number(count), 0),
  };
}

export async function autocannon({ url, connections, seconds }: Task): Promise<Taken> {
  const words = ['--connections', `${connections}`, '--duration', `${seconds}`];
  const { stdout } = await execa('autocannon', [...words, '--timeout', '20', '--json', url], {
    preferLocal: true,
  });
  const told = JSON.parse(stdout) as {
    '2xx': number;
    duration: number;
    latency: { p50: number; p99: number };
    errors: number;
  };
  const { latency, errors, duration } = told;
  // Its own average is over the seconds in which its timer came round: too high under load.
  return { throughput: told['2xx'] / duration, p50: latency.p50, p99: latency.p99, errors };
}

/** wrk writes `980.00us`, `1.02ms`, `1.30s`. */
function milliseconds(word: string | undefined): number {
  const [, figure, unit] = /^([\d.]+)(us|ms|s)$/.exec(word ?? '') ?? [];
  return Number(figure) * (unit === 'us' ? 0.001 : unit === 's' ? 1000 : 1);
}
