import { execa } from 'execa';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** One transaction of a mix. */
export interface Script {
  readonly file: string;
  /** Chosen so often, against the others. */
  readonly weight: number;
}

export interface PgbenchTask {
  readonly url: string;
  readonly scripts: readonly Script[];
  readonly clients: number;
  /** Of each client. */
  readonly transactions: number;
  readonly variables: Readonly<Record<string, number>>;
}

/** On the path, or where Debian's `postgresql` packages put it; undefined where it is missing. */
export function findPgbench(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort() : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...versions.reverse().map((version) => path.join(debian, version, 'bin')),
  ];
  return folders.map((folder) => path.join(folder, 'pgbench')).find((file) => existsSync(file));
}

/** Deadlocks and serialization failures are retried. @returns transactions a second */
export async function pgbench(program: string, task: PgbenchTask): Promise<number> {
  const { url, scripts, clients, transactions, variables } = task;
  const { stdout } = await execa(program, [
    ...['--no-vacuum', '--protocol=extended', '--max-tries=100'],
    ...[`--client=${clients}`, '--jobs=1', `--transactions=${transactions}`],
    ...scripts.map(({ file, weight }) => `--file=${file}@${weight}`),
    ...Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`),
    url,
  ]);
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  if (!Number.isFinite(rate)) throw new Error(`pgbench said no rate:\n${stdout}`);
  return rate;
}
