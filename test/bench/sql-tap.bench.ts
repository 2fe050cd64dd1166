/**
 * What the tap on PostgreSQL costs that `plan run --explain` listens with: the same work directly and
 * through it, in turn. The client is a process of its own, the tap runs in this one, as in `plan`.
 * DATABASE_URL names a server; otherwise one is started. PLAN_BENCH_ROUNDS makes it longer.
 */
import { fileURLToPath } from 'node:url';
import { startSqlTap } from '../../src/services/postgres/tap/tap.js';
import { againstDirect } from './kit/against-direct.js';

await againstDirect({
  name: 'tap',
  file: fileURLToPath(import.meta.url),
  start(to) {
    const told: string[] = [];
    return startSqlTap(to, {
      numbers: { statements: 0, transactions: 0, sessions: 0 },
      now: () => Math.round(performance.now() * 1000),
      tell: (event) => {
        // As for the file that a run leaves.
        told[told.length % 10_000] = JSON.stringify(event);
      },
    });
  },
});
