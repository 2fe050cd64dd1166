/**
 * The load generator against wrk (`apt-get install wrk`) and autocannon: the same server, in turn,
 * at 50, 1,000 and 10,000 connections. PLAN_BENCH_ROUNDS and PLAN_BENCH_SECONDS make it longer:
 * neither of the others warms up, so short runs at 10,000 also measure their connecting.
 */
import { autocannon, ours, runOurs, taskOf, wrk, type Taken } from './kit/generators.js';
import { holdTo, holdToLeast, tellAs, tellRatio } from './kit/measure.js';
import { startServer } from './kit/server.js';

const task = taskOf(process.argv);
if (task) process.stdout.write(JSON.stringify(await runOurs(task)));
else await compare();

async function compare(): Promise<void> {
  const server = await startServer();
  try {
    process.stdout.write(`\nLoad generators on one server in ${server.language}\n`);
    const few = await interleaved(server.url, 50);
    holdToLeast('ours / wrk', tellRates('ours / wrk', few.ours, few.wrk), 0.85);
    const cannon = tellRates('ours / autocannon', few.ours, few.autocannon);
    holdToLeast('ours / autocannon', cannon, 1.2);
    holdTo('p99, ours / wrk', tellP99(few.ours, few.wrk), 1.2, '×');
    const more = await interleaved(server.url, 1000);
    tellRates('ours / wrk', more.ours, more.wrk);
    tellRates('ours / autocannon', more.ours, more.autocannon);
    holdTo('p99, ours / wrk', tellP99(more.ours, more.wrk), 1.2, '×');
    const many = await interleaved(server.url, 10_000);
    holdToLeast('ours / wrk', tellRates('ours / wrk', many.ours, many.wrk), 0.9);
    tellRates('ours / autocannon', many.ours, many.autocannon);
    holdTo('p99, ours / wrk', tellP99(many.ours, many.wrk), 1.2, '×');
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
