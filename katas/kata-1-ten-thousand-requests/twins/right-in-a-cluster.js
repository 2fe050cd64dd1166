import cluster from 'node:cluster';
import { serve, taken, wait } from './twin.mjs';

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  process.on('SIGTERM', () => undefined);
  let left = workers.length;
  cluster.on('exit', () => {
    left -= 1;
    if (left === 0) process.exit(0);
  });
} else {
  serve(async (order) => {
    await wait();
    return taken(order);
  });
}
