import { once } from 'node:events';
import net from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchDoor } from './own-door.js';

let server: net.Server;
let seen: number[];
let end: () => void;

beforeEach(async () => {
  server = net.createServer((socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  seen = [];
  end = watchDoor(server, (ms) => seen.push(ms));
});

afterEach(async () => {
  end();
  server.close();
  await once(server, 'close');
});

it('tells again and again how long a new connection waited', async () => {
  await expect.poll(() => seen.length).toBeGreaterThan(3);
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
});

it('is as late as this process is', async () => {
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  // As it is heard of: that it has been taken in is read only after this.
  const busy = setInterval(() => {
    const until = performance.now() + 60;
    while (performance.now() < until);
  }, 1);
  try {
    await expect.poll(() => Math.max(...seen)).toBeGreaterThan(50);
  } finally {
    clearInterval(busy);
  }
});

it('ends at once, whatever it was doing', async () => {
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  end();
  const { length } = seen;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toHaveLength(length);
  const connections = await new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
  expect(connections).toBe(0);
});
