// Right: two processes take the requests, and a third one, their parent, has all the balances.
import cluster from 'node:cluster';
import { right, serve } from './twin.mjs';

if (cluster.isPrimary) {
  for (let n = 0; n < 2; n++) cluster.fork();
  cluster.on('message', async (worker, { n, order }) => {
    worker.send({ n, answer: await right(order) });
  });
  process.on('SIGTERM', () => process.exit(0));
} else {
  const waiting = new Map();
  let asked = 0;
  process.on('message', ({ n, answer }) => {
    waiting.get(n)(answer);
    waiting.delete(n);
  });
  serve(
    (order) =>
      new Promise((resolve) => {
        const n = ++asked;
        waiting.set(n, resolve);
        process.send({ n, order });
      }),
  );
}
