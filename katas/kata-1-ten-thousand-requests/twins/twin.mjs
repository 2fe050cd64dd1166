/**
 * An honest shop in parts: each twin takes what it needs and gets one thing wrong. It shares nothing
 * with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';

const { PORT, PLAN_IO_MS, PLAN_CPU_US, PLAN_USERS } = process.env;

/**
 * How many there are in the burst; the warm-up has 500 at most. A twin that counts them wants a long
 * --io-ms: on a busy machine the first are answered before the last are read.
 */
export const users = Number(PLAN_USERS);

export const wait = () => new Promise((resolve) => setTimeout(resolve, Number(PLAN_IO_MS)));

export function checksum(id, steps = Number(PLAN_CPU_US) * 400) {
  let x = 0x811c9dc5;
  for (const byte of Buffer.from(id)) x = Math.imul(x ^ byte, 0x01000193);
  for (let step = 0; step < steps; step += 1) x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 1) | 0;
  return x >>> 0;
}

export const taken = ({ id, amount }) => ({
  status: 201,
  body: { id, amount, checksum: checksum(id) },
});

export function send(response, { status, body, headers = {} }) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/**
 * @param {(order: any, response: any, inFlight: number) => Promise<any>} place gives a status and a
 * body; nothing where it has answered itself
 */
export function serve(place) {
  let inFlight = 0;
  const server = createServer(async (request, response) => {
    if (request.url === '/health') return send(response, { status: 200, body: {} });
    let text = '';
    for await (const part of request) text += part;
    inFlight += 1;
    const reply = await place(JSON.parse(text), response, inFlight);
    inFlight -= 1;
    if (reply) send(response, reply);
  });
  server.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 4096 });
  process.on('SIGTERM', () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
  return server;
}
