/**
 * What the lab's TCP proxy costs on PostgreSQL traffic: the same work directly and through it, in
 * turn. The client is a process of its own, the proxy runs in this one, as in `plan`. DATABASE_URL
 * names a server; otherwise one is started. PLAN_BENCH_ROUNDS makes it longer.
 */
import { fileURLToPath } from 'node:url';
import { FaultLog } from '../../src/lab/faults/log.js';
import { startProxy } from '../../src/lab/faults/proxy/proxy.js';
import { seededRandom } from '../../src/kata/random.js';
import { Recorder } from '../../src/history/recorder.js';
import { againstDirect } from './kit/against-direct.js';

const { signal } = new AbortController();

await againstDirect({
  name: 'proxy',
  file: fileURLToPath(import.meta.url),
  start(to) {
    const recorder = new Recorder(0);
    return startProxy(to, {
      recorder,
      signal,
      log: new FaultLog(recorder),
      random: seededRandom(1),
    });
  },
});
