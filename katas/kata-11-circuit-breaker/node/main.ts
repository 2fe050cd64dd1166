import { readEnvironment } from '../../kit/node/environment.js';
import { run } from '../../kit/node/serve.js';
import { dependencyAt } from './dependency.js';
import { strategies } from './strategies.js';

const environment = readEnvironment();
const options = {
  windowMs: environment.integer('PLAN_WINDOW_MS', 500),
  minCalls: environment.integer('PLAN_MIN_CALLS', 10),
  failPercent: environment.integer('PLAN_FAIL_PERCENT', 25),
  openMs: environment.integer('PLAN_OPEN_MS', 500),
  probes: environment.integer('PLAN_PROBES', 2),
  closeAfter: environment.integer('PLAN_CLOSE_AFTER', 2),
  timeoutMs: environment.integer('PLAN_TIMEOUT_MS', 400),
  slowMs: environment.integer('PLAN_SLOW_MS', 200),
};
const name = environment.text('PLAN_STRATEGY', 'breaker');
const strategy = strategies.get(name);
if (!strategy) throw new Error(`there is no strategy "${name}"`);
const quotes = strategy(dependencyAt(`${environment.text('UPSTREAM_URL')}/quotes`), options);
const rates = strategy(dependencyAt(`${environment.text('RATES_URL')}/rates`), options);

run({
  port: environment.port,
  open: () =>
    Promise.resolve({
      routes: {
        'GET /quotes/{id}': (_body, { id = '' }) => quotes(id),
        'GET /rates/{id}': (_body, { id = '' }) => rates(id),
      },
      close: () => Promise.resolve(),
    }),
});
