import { Agent, request } from 'node:http';
import { placed, serve, store } from './twin.mjs';

/** Whoever does not read an answer to its end never gets the connection back. */
const agent = new Agent({ keepAlive: true, maxSockets: 6 });

function confirm(id) {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: { 'content-type': 'application/json' } };
    const call = request(`${process.env.UPSTREAM_URL}/confirmations`, options, ({ statusCode }) =>
      statusCode === 200 ? resolve() : reject(new Error(`not confirmed: ${statusCode}`)),
    );
    call.on('error', reject);
    call.end(JSON.stringify({ order: id }));
  });
}

serve({
  async place(order) {
    await store(order);
    await confirm(order.id);
    return placed(order);
  },
});
