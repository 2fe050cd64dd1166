import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../../../../katas/kit/node/environment.js';
import { healthyWhile } from '../../../../katas/kit/node/health.js';
import { startWorker, type Handle } from '../../../../katas/kit/node/redis.js';
import { run } from '../../../../katas/kit/node/serve.js';

const environment = readEnvironment();
const isStuck = environment.text('WORKER_STUCK', '') !== '';

const handle: Handle = async ({ id, body, deliveries }, client) => {
  const { kind } = JSON.parse(body) as { kind: string };
  if (kind === 'third-time' && deliveries < 3) return 'requeue';
  if (kind === 'poison' && deliveries < 2) throw new Error('not today');
  if (kind === 'poison')
    return { moveTo: 'dead', headers: { reason: kind, attempts: String(deliveries) } };
  if (isStuck) await sleep(60_000);
  await sleep(20);
  await client.incr(`done:${id}`);
  return 'ack';
};

run({
  port: environment.port,
  async open() {
    const url = environment.text('REDIS_URL');
    const about = { url, queue: 'work', prefetch: 10, claimIdleMs: 1_000 };
    const worker = await startWorker({ ...about, handle });
    const routes = healthyWhile(() => worker.isConsuming());
    return { routes, close: () => worker.stop() };
  },
});
