import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { reset } from './reset.js';

describe('a reset', () => {
  it('reaches the other end as one', async () => {
    const { client, server } = await pair();
    const told = once(server, 'error');
    reset(client);
    expect((await told)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('closes a socket whose end is on its way, without an error', async () => {
    const { client, server } = await pair();
    server.on('error', () => undefined);
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    const closed = once(client, 'close');
    client.end();
    reset(client);
    await closed;
    expect(errors).toEqual([]);
    server.destroy();
  });
});

async function pair(): Promise<{ client: Socket; server: Socket }> {
  const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const [server] = (await once(listener, 'connection')) as [Socket];
  server.resume();
  listener.close();
  return { client, server };
}
