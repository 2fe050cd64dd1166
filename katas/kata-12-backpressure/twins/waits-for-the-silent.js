// Told to end, it does what it accepted, and then waits for connections on which nothing was ever sent.
import { promisify } from 'node:util';
import { Queue, reject, run, sleep } from './twin.mjs';

const queue = new Queue();

run(reject, {
  queue,
  async finish(server) {
    await queue.empty();
    const connections = promisify(server.getConnections.bind(server));
    while ((await connections()) > 0) await sleep(50);
  },
});
