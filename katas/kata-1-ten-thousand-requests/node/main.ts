import { readEnvironment } from '../../kit/node/environment.js';
import { run } from '../../kit/node/serve.js';
import { allCores } from './all-cores.js';
import { blocking } from './blocking.js';
import { oneCore } from './one-core.js';
import { orders, stepsPerMicrosecond, type Strategy } from './orders.js';

const strategies = new Map<string, Strategy>(
  Object.entries({ 'one-core': oneCore, 'all-cores': allCores, blocking }),
);

const environment = readEnvironment();
const ioMs = environment.integer('PLAN_IO_MS', 100);
const cpuSteps = environment.integer('PLAN_CPU_US', 20) * stepsPerMicrosecond;
const name = environment.text('PLAN_STRATEGY', 'one-core');

const strategy = strategies.get(name);
if (!strategy) throw new Error(`there is no strategy "${name}"`);
strategy({
  ioMs,
  serve: (wait, ready = () => Promise.resolve()) =>
    run({
      port: environment.port,
      async open() {
        await ready();
        return { routes: orders(wait, cpuSteps), close: () => Promise.resolve() };
      },
    }),
});
