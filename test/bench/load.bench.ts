/**
 * The load generator against wrk (`apt-get install wrk`) and autocannon: the same server, in turn,
 * at 50, 1,000 and 10,000 connections (PLAN_BENCH_CONNECTIONS=50 for less). PLAN_BENCH_ROUNDS and
 * PLAN_BENCH_SECONDS make it longer:
 * neither of the others warms up, so short runs at 10,000 also measure their connecting.
 */
import { execa } from 'execa';
import { autocannon, ours, runOurs, taskOf, wrk, type Taken } from './kit/generators.js';
import { holdTo, holdToLeast, tellAs, tellRatio } from './kit/measure.js';
import { startServer } from '../support/load-server.js';

/** What is asked of it: of answers a second at least, of the p99 at most, as ratios. */
const targets = [
  { connections: 50, ofWrk: 0.85, ofAutocannon: 1.2, p99OfWrk: 1.2 },
  { connections: 1000, p99OfWrk: 1.2 },
  { connections: 10_000, ofWrk: 0.9, p99OfWrk: 1.2 },
];

const task = taskOf(process.argv);
if (task) process.stdout.write(JSON.stringify(await runOurs(task)));
else if (await hasWrk()) await compare();
else tellMissing();

async function hasWrk(): Promise<boolean> {
  const asked = await execa('wrk', ['--version'], { reject: false });
  return asked.code !== 'ENOENT';
}

/** The comparison is with it, so that there is none without. */
function tellMissing(): void {
  const install = process.platform === 'darwin' ? 'brew install wrk' : 'sudo apt-get install wrk';
  process.stderr.write(
    `\nThe load generators are compared with wrk, which is not here: ${install}\n`,
  );
  process.exitCode = 1;
}

async function compare(): Promise<void> {
  const only = process.env['PLAN_BENCH_CONNECTIONS']?.split(',').map(Number);
  const server = await startServer();
  try {
    process.stdout.write(`\nLoad generators on one server in ${server.language}\n`);
    for (const { connections, ofWrk, ofAutocannon, p99OfWrk } of targets) {
      if (only && !only.includes(connections)) continue;
      const { ours, wrk, autocannon } = await interleaved(server.url, connections);
      const toWrk = tellRates('ours / wrk', ours, wrk);
      const toAutocannon = tellRates('ours / autocannon', ours, autocannon);
      const tail = tellP99(ours, wrk);
      if (ofWrk) holdToLeast('ours / wrk', toWrk, ofWrk);
      if (ofAutocannon) holdToLeast('ours / autocannon', toAutocannon, ofAutocannon);
      holdTo('p99, ours / wrk', tail, p99OfWrk, '×');
    }
  } finally {
    await server.stop();
  }
}

type Rounds = Readonly<Record<'ours' | 'wrk' | 'autocannon', readonly Taken[]>>;

async function interleaved(url: string, connections: number): Promise<Rounds> {
  const seconds = Number(process.env['PLAN_BENCH_SECONDS'] ?? (connections < 10_000 ? 5 : 15));
  const wanted = Number(process.env['PLAN_BENCH_ROUNDS'] ?? 5);
  const sides = { ours, wrk, autocannon };
  const names = ['ours', 'wrk', 'autocannon'] as const;
  const rounds = { ours: [] as Taken[], wrk: [] as Taken[], autocannon: [] as Taken[] };
  for (let round = 0; round < wanted; round += 1)
    for (const name of names) rounds[name].push(await sides[name]({ url, connections, seconds }));
  process.stdout.write(`\n${connections} connections, ${wanted} rounds of ${seconds} s\n`);
  for (const name of names) {
    const errors = rounds[name].reduce((sum, taken) => sum + taken.errors, 0);
    const of = (figure: keyof Taken): number[] => rounds[name].map((taken) => taken[figure]);
    tellAs(`${name}, answers a second`, of('throughput'), '/s');
    tellAs(`${name}, p50`, of('p50'), 'ms');
    tellAs(`${name}, p99`, of('p99'), 'ms');
    if (errors > 0) process.stdout.write(`  ${name}: ${errors} errors\n`);
  }
  return rounds;
}

function tellRates(name: string, a: readonly Taken[], b: readonly Taken[]): number {
  const rates = (rounds: readonly Taken[]): number[] => rounds.map(({ throughput }) => throughput);
  return tellRatio(`${name}, answers a second`, rates(a), rates(b));
}

function tellP99(a: readonly Taken[], b: readonly Taken[]): number {
  const tails = (rounds: readonly Taken[]): number[] => rounds.map(({ p99 }) => p99);
  return tellRatio('ours / wrk, p99', tails(a), tails(b));
}
