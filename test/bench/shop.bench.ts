/**
 * Orders a second of the shop of `final` beside the orchestration of kata 9, both in Go: a hundred orders
 * that come at once, in turn; and where the time of an order goes. The shop has a fourth service, two
 * companies outside, traces, logs, keys and a limit. PLAN_BENCH_ROUNDS makes it longer.
 */
import path from 'node:path';
import { makeDesk, runJson, type Desk } from '../support/cli.js';
import { interleave, median, tellAs, tellRatio } from './kit/measure.js';
import { workOf, type Work } from './kit/orders.js';

const orders = 100;
/** Nobody is given up, however slow the machine: what is measured is how long it takes. */
const patient = ['--deadline-ms', '30000', '--orders', `${orders}`, '--lang', 'go'];
const kinds = {
  'kata 9, orchestration': [
    ...['kata-9', '--strategy', 'orchestration', '--act', 'enough', '--users', '100'],
  ],
  'final, shop': ['final', '--strategy', 'shop', '--act', 'calm', '--users', '50'],
};
type Kind = keyof typeof kinds;

const desk = await makeDesk();
try {
  await desk.plan('init');
  await desk.plan('services', 'up');
  const works: Partial<Record<Kind, Work>> = {};
  const side = (kind: Kind) => async (): Promise<number> => {
    const { perSecond, work } = await play(desk, kind);
    works[kind] = work;
    return perSecond;
  };
  const rates = await interleave(3, {
    'kata 9, orchestration': side('kata 9, orchestration'),
    'final, shop': side('final, shop'),
  });
  print(`\n${orders} orders at once, all services in Go`);
  for (const [kind, values] of Object.entries(rates))
    tellAs(`${kind}, orders a second`, values, '/s');
  tellRatio('final / kata 9', rates['final, shop'], rates['kata 9, orchestration']);
  for (const [kind, work] of Object.entries(works)) tellWork(kind, work);
} finally {
  await desk.plan('services', 'down');
  await desk.remove();
}

async function play(of: Desk, kind: Kind): Promise<{ perSecond: number; work: Work }> {
  const { record, stderr } = await runJson(of, ...kinds[kind], ...patient);
  const [only] = record.cases;
  const perSecond = only?.figures['ordersPerSecond'];
  if (only === undefined || perSecond === undefined || only.verdict === 'violated')
    throw new Error(`${kind}: ${only?.verdict ?? stderr}`);
  return { perSecond, work: await workOf(path.join(of.folder, record.folder), only.slug) };
}

/** Of the last round. */
function tellWork(kind: string, { messages, spans, cpuMs, steps }: Work): void {
  const list = (all: Readonly<Record<string, number>>, digits: number): string =>
    Object.entries(all)
      .map(([name, value]) => `${name} ${value.toFixed(digits)}`)
      .join(', ');
  const total = Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0);
  print(`\n${kind}, an order`);
  print(`  messages ${messages.toFixed(1)}`);
  print(`  ms of processor ${total.toFixed(1)}: ${list(cpuMs, 1)}`);
  if (Object.keys(spans).length > 0) print(`  spans: ${list(spans, 1)}`);
  for (const [step, ms] of steps) print(`  ${ms.toFixed(0).padStart(6)} ms  ${step}`);
  print(
    `  ${median(steps.map(([, ms]) => ms))
      .toFixed(0)
      .padStart(6)} ms  a step, in the middle`,
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
