import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { knocking, silentConnection } from './at-the-door.js';

async function serving(): Promise<{ url: string; end: () => Promise<void>; open: () => number }> {
  const server = createServer((_, response) => response.end());
  let open = 0;
  server.on('connection', (socket) => {
    open += 1;
    socket.on('close', () => (open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end,
    open: () => open,
  };
}

it('hears who goes on answering, and nobody whose port is closed', async () => {
  const [open, closed] = [await serving(), await serving()];
  await closed.end();
  const exited = withResolvers();
  const [answered, never] = [open, closed].map(({ url }) => knocking(url, exited.promise));
  await expect.poll(() => answered?.(), { timeout: 10_000 }).toBeGreaterThan(1_000);
  expect(never?.()).toBe(undefined);
  exited.resolve();
  await open.end();
});

it('keeps a connection on which nothing is sent, until it is hung up', async () => {
  const { url, end, open } = await serving();
  const hangUp = await silentConnection(url);
  expect(open()).toBe(1);
  hangUp?.();
  await expect.poll(open).toBe(0);
  await end();
  // Nobody is there any more.
  expect(await silentConnection(url)).toBe(undefined);
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
