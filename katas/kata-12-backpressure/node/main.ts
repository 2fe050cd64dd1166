import { readEnvironment } from '../../kit/node/environment.js';
import { run } from '../../kit/node/serve.js';
import { dependencyAt } from './dependency.js';
import { openHttp } from './http.js';
import { openRabbitMq } from './rabbitmq.js';
import { strategies } from './strategies.js';

const environment = readEnvironment();
const options = {
  limit: environment.integer('PLAN_LIMIT', 20),
  workers: environment.integer('PLAN_WORKERS', 8),
  serviceMs: environment.integer('PLAN_SERVICE_MS', 100),
  waitMs: environment.integer('PLAN_WAIT_MS', 500),
};
const name = environment.text('PLAN_STRATEGY', 'reject');
const strategy = strategies.get(name);
if (!strategy) throw new Error(`there is no strategy "${name}"`);
const work = dependencyAt(environment.text('UPSTREAM_URL'));
const isAtBroker = environment.text('PLAN_WAY', 'http') === 'rabbitmq';

run({
  port: environment.port,
  open: () =>
    isAtBroker
      ? openRabbitMq(environment.text('AMQP_URL'), name, options, work)
      : Promise.resolve(openHttp(strategy, options, work)),
});
