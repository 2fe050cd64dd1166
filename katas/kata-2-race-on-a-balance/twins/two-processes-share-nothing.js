// Two processes behind one port, each right by itself, each with balances of its own.
import cluster from 'node:cluster';
import { right, serve } from './twin.mjs';

if (cluster.isPrimary) {
  for (let n = 0; n < 2; n++) cluster.fork();
  process.on('SIGTERM', () => process.exit(0));
} else serve(right);
