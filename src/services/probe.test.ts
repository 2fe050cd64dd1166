import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { greeting as postgres, useUrl } from './postgres/url.js';
import { speaksLikeOne } from './probe.js';
import { greeting as rabbitmq, useBrokerUrl } from './rabbitmq/url.js';
import { greeting as redis, useRedisUrl } from './redis/url.js';

/** Servers that a URL may name, and that are not what it says. */

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function serve(behave: (socket: Socket) => unknown): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    behave(socket);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `u:secret@127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}

/** Sends on and on, as fast as it is taken. */
function flood(socket: Socket, first: Buffer | string): void {
  socket.write(first);
  const more = Buffer.alloc(2 ** 20, 'a');
  const go = (): void => {
    while (!socket.destroyed && socket.write(more));
    socket.once('drain', go);
  };
  go();
}

const hostile: Readonly<Record<string, (socket: Socket) => unknown>> = {
  'closes at once': (socket) => socket.destroy(),
  'ends without a word': (socket) => socket.end(),
  'speaks HTTP': (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
  'sends what means nothing': (socket) => socket.end(Buffer.alloc(4096, 0xfe)),
  'tells of an endless PostgreSQL message': (socket) =>
    flood(socket, Buffer.from('527fffffff', 'hex')),
  'tells of an endless AMQP frame': (socket) => flood(socket, Buffer.from('0100007fffffff', 'hex')),
  'tells of an endless Redis text': (socket) => flood(socket, '$2147483647\r\n'),
  'sends on and on': (socket) => flood(socket, ''),
};

const uses = {
  DATABASE_URL: { use: useUrl, protocol: 'postgres' },
  AMQP_URL: { use: useBrokerUrl, protocol: 'amqp' },
  REDIS_URL: { use: useRedisUrl, protocol: 'redis' },
} as const;

describe.each(Object.entries(uses))('a server of %s', (variable, { use, protocol }) => {
  it.each(Object.entries(hostile))('that %s is told at once', async (_, behave) => {
    const url = `${protocol}://${await serve(behave)}`;
    const fault: unknown = await use({ [variable]: url }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ exit: 4, mend: expect.stringContaining(variable) as string });
    expect((fault as Error).message).not.toContain('secret');
  });

  it('that says nothing is told after a time', async () => {
    const url = `${protocol}://${await serve(() => undefined)}`;
    await expect(use({ [variable]: url })).rejects.toMatchObject({ exit: 4 });
  });
});

it('believes a server that begins as its kind does, whatever the rest', async () => {
  const answers = [
    ['postgres', postgres, 'N'],
    ['postgresql', postgres, 'S'],
    ['amqp', rabbitmq, '\u0001\0\0\0\0\u0001\0'],
    ['redis', redis, '-NOAUTH Authentication required.\r\n'],
    ['redis', redis, '+PONG\r\n'],
  ] as const;
  for (const [protocol, greeting, answer] of answers) {
    const place = await serve((socket) =>
      socket.once('data', () => socket.write(answer, 'latin1')),
    );
    expect(await speaksLikeOne(`${protocol}://${place}`, greeting), protocol).toBe(true);
  }
  expect(await speaksLikeOne('rediss://127.0.0.1:1', redis)).toBe(true);
});
